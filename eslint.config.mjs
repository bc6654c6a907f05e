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

/**
 * Files and functions that are longer than the house has them, each with the reason. Nothing is parted only to reach a
 * number.
 */
const long = {
  files: {
    'scripts/bench/history.ts': 'one made-up history, told from its first line to its last',
    'scripts/cli.ts': 'the table of all commands and options',
    'src/check/references.ts': 'every place of the records that names something by its id',
    'src/check/registry.ts': 'the list of all rules',
    'src/derive/fold.ts': 'the one fold over all kinds of line',
    'src/derive/matrix.ts': 'a table, its cells and its moments, which change together',
    'src/derive/note.ts': 'every field of a note, in the order of the note',
    'src/model/note.ts': 'the schema of a note, field by field',
    'src/model/programme.ts': 'the schema of a programme, field by field',
    'src/site/text/description-html.ts': 'one walk over all elements of HTML',
  },
  functions: {
    'src/import/plan-import.ts': 'the table of contents of an import',
    'src/load/yaml-faults.ts': 'a table: each fault of YAML with its sentence',
    'src/site/text/allowed-html.ts': 'a table: what each element of HTML may carry',
  },
};
const limit = (most) => ['error', { max: most, skipBlankLines: true, skipComments: true }];

/** The house rules that a linter can see. Layout is the formatter's. */
export default tseslint.config(
  { ignores: ['dist/', '.ccmt/', '.ccmt-build-*/', '.astro/', 'node_modules/', '**/*.mjs'] },
  ...tseslint.configs.recommended,
  ...astro.configs.recommended,
  regexp.configs['flat/recommended'],
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeCheckedOnly],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
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
    // A page asks how old it is when it is read.
    ignores: ['scripts/workspace.ts', 'src/components/common/stale.ts'],
    rules: { 'no-restricted-syntax': ['error', ...clock, paths] },
  },
  {
    files: ['src/**/*.{ts,astro}', 'scripts/**/*.ts'],
    rules: { 'max-lines': limit(150), 'max-lines-per-function': limit(45) },
  },
  // The function of a rule is mostly sentences, each on lines of its own.
  { files: ['src/check/rules/*.ts'], rules: { 'max-lines-per-function': limit(60) } },
  { files: Object.keys(long.files), rules: { 'max-lines': 'off' } },
  { files: Object.keys(long.functions), rules: { 'max-lines-per-function': 'off' } },
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
