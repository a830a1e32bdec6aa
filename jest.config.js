// Unit tests need only the file beside them. The others share one environment (PostgreSQL, Temporal, sandbox, API, worker
// as child processes) that test/support/global-setup.ts starts once for each run: "integration" leaves its processes
// alone, "chaos" kills them, so the two are run one after the other, never in one run (package.json). "live" calls the
// vendors' own sandboxes where the environment holds keys of theirs, and is in no other run.
const common = {
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
};

const environment = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

export default {
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/test/{workflows,live}/**/*.test.ts'],
    },
    {
      ...common,
      ...environment,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{contract,api,db,e2e}/**/*.test.ts'],
    },
    { ...common, ...environment, displayName: 'chaos', testMatch: ['<rootDir>/test/chaos/**/*.test.ts'] },
    { ...common, displayName: 'live', testMatch: ['<rootDir>/test/live/**/*.live.ts'] },
  ],
  testTimeout: 60_000,
  forceExit: true,
};
