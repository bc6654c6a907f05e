import astro from 'eslint-plugin-astro';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** The clock is read in one place, so that every command and every page looks at the same moment. */
const clock = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']" },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]" },
  { selector: "MemberExpression[object.name='Temporal'][property.name='Now']" },
].map((place) => ({ ...place, message: 'The clock is read in scripts/workspace.ts only.' }));

/** On Windows the path of an address begins with a slash before the drive, and opens nothing. */
const paths = {
  selector: "MemberExpression[property.name='pathname'][object.callee.name='URL'][object.arguments.length=2]",
  message: 'Write fileURLToPath(new URL(…, import.meta.url)): the pathname of an address is no path on Windows.',
};

/** The house rules that a linter can see. Layout is the formatter's. */
export default tseslint.config(
  { ignores: ['dist/', '.ccmt/', '.ccmt-build-*/', '.astro/', 'node_modules/', '**/*.mjs'] },
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
      '@typescript-eslint/require-await': 'off',
      // Its findings contradict the compiler where an index may be undefined.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
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
    rules: { 'no-restricted-syntax': ['error', ...clock, paths] },
  },
  // Tests match texts of their own making.
  {
    files: ['tests/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', paths],
      'regexp/no-super-linear-move': 'off',
      'regexp/no-unused-capturing-group': 'off',
      // What a command prints, and a matcher of the test framework, have no type.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
);
