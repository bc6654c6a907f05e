import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** The house rules that a linter can see. */
export default tseslint.config(
  { ignores: ['dist/', '.astro/', 'node_modules/', '**/*.astro'] },
  ...tseslint.configs.recommended,
  regexp.configs['flat/recommended'],
  {
    files: ['src/**/*.ts', 'scripts/**/*.ts', 'tests/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'max-depth': ['error', 4],
      'no-console': 'error',
      'no-control-regex': 'off',
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
      'regexp/no-control-character': 'off',
      'regexp/use-ignore-case': 'off',
    },
  },
  {
    files: ['src/**/*.ts', 'scripts/**/*.ts'],
    ignores: ['scripts/workspace.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'The clock is read in scripts/workspace.ts only.',
        },
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'The clock is read in scripts/workspace.ts only.',
        },
        {
          selector: "MemberExpression[object.name='Temporal'][property.name='Now']",
          message: 'The clock is read in scripts/workspace.ts only.',
        },
      ],
    },
  },
  // Tests match texts of their own making.
  {
    files: ['tests/**/*.ts'],
    rules: { 'regexp/no-super-linear-move': 'off', 'regexp/no-unused-capturing-group': 'off' },
  },
);
