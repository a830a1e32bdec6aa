// Unit tests need no environment. "integration", "alone" and "chaos" each start one (PostgreSQL, Temporal, sandbox, API, worker as
// child processes: test/support/global-setup.ts). Integration tests share theirs and run side by side: each has its own
// workspace and its own vendor accounts. Tests that open a vendor's breaker for everybody or hold the worker for long run one
// after the other in "alone", those that kill processes in "chaos". "live" calls the vendors' own sandboxes where there are keys for them, and is in no other run.
const common = {
  // Runs each file as Node itself would, types stripped, in a worker thread; `--runInBand` keeps one thread. Files of one
  // thread share loaded modules, so no module may keep what a test leaves in it.
  runner: 'jest-light-runner',
  transform: {},
  // The client's package has the name of ours.
  modulePathIgnorePatterns: ['<rootDir>/client/package.json'],
};

const environment = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
};

export default {
  testSequencer: '<rootDir>/test/runner/slowest-first.ts',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{src,sandbox,dev}/**/*.test.ts',
        '<rootDir>/test/{workflows,live,contract,deployment,docs,description,client,runner,support}/**/*.test.ts',
      ],
    },
    {
      ...common,
      ...environment,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{api,db,e2e}/**/*.test.ts'],
    },
    {
      ...common,
      ...environment,
      displayName: 'alone',
      testMatch: ['<rootDir>/test/alone/**/*.test.ts'],
    },
    {
      ...common,
      ...environment,
      displayName: 'chaos',
      testMatch: ['<rootDir>/test/chaos/**/*.test.ts'],
    },
    { ...common, displayName: 'live', testMatch: ['<rootDir>/test/live/**/*.live.ts'] },
    // Clients that others wrote drive the simulators; they are installed on the way. In no other run.
    { ...common, displayName: 'outside', testMatch: ['<rootDir>/test/outside/**/*.outside.ts'] },
  ],
};
