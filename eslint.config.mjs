import tseslint from 'typescript-eslint';

const SIZE = {
  'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 10],
};

/** Only these may read the environment; everything else is given what it needs. */
const MAY_READ_ENV = [
  'src/**/main.ts',
  'src/commands/**',
  'sandbox/main.ts',
  'dev/**',
  'bench/**',
  'test/**',
  'examples/*/main.ts',
];

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only main.ts, commands, dev, bench and test read process.env: take the value as a parameter.',
};

/** Workspaces of tests are in Israel, where the next day begins two or three hours before that of UTC. */
const dayOfUtc = {
  selector:
    "CallExpression[callee.property.name='slice'][callee.object.callee.property.name='toISOString'][callee.object.callee.object.type='NewExpression'][callee.object.callee.object.arguments.length=0]",
  message: 'Between 22:00 and 24:00 UTC this is yesterday in Israel: use todayInIsrael().',
};

export default tseslint.config(
  {
    ignores: [
      'node_modules/**',
      '.tashlum/**',
      '**/dist/**',
      'client/src/description.ts',
      '**/*.cjs',
      '*.mjs',
      'jest.config.js',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { project: './tsconfig.json' } },
    rules: {
      ...SIZE,
      'no-restricted-syntax': ['error', noEnvironment],
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        { paths: [{ name: '@jest/globals', message: "Import from '#jest'." }] },
      ],
      eqeqeq: 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A third of the time of all rules, for the few classes and no enums that we have.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      // A row's type is named by whoever wrote the SQL: `query<Row>(…)`.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  { files: MAY_READ_ENV, rules: { 'no-restricted-syntax': 'off' } },
  { files: ['dev/**', 'bench/**', 'test/support/**', 'examples/*/main.ts'], rules: { 'no-console': 'off' } },
  { files: ['test/support/jest.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['**/*.test.ts', 'test/**'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['test/**', 'bench/**'], rules: { 'no-restricted-syntax': ['error', dayOfUtc] } },
);
