import astro from 'eslint-plugin-astro';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** The clock is read in one place, so that every command and every page looks at the same moment. */
const clock = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']" },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]" },
  { selector: "MemberExpression[object.name='Temporal'][property.name='Now']" },
].map((place) => ({ ...place, message: 'The clock is read in scripts/workspace.ts only.' }));

/** The house rules that a linter can see. Layout is the formatter's. */
export default tseslint.config(
  { ignores: ['dist', '.astro/', 'node_modules/', '.ccmt/', '**/*.mjs'] },
  ...tseslint.configs.recommended,
  ...astro.configs.recommended,
  regexp.configs['flat/recommended'],
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: ['src/**/*.{ts,astro}', 'scripts/**/*.ts', 'tests/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'max-depth': ['error', 4],
      'max-len': [
        'error',
        { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true },
      ],
      'no-console': 'error',
      'no-control-regex': 'off',
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
      'regexp/no-control-character': 'off',
      'regexp/use-ignore-case': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,astro}', 'scripts/**/*.ts'],
    ignores: ['scripts/workspace.ts'],
    rules: { 'no-restricted-syntax': ['error', ...clock] },
  },
  // Tests match texts of their own making.
  {
    files: ['tests/**/*.ts'],
    rules: { 'regexp/no-super-linear-move': 'off', 'regexp/no-unused-capturing-group': 'off' },
  },
);
