import { describe, expect, it } from '#jest';
import { processesOf } from './watch-source.ts';

describe('a change of source', () => {
  it.each([
    ['api/payments/payment-routes.ts', ['api']],
    ['activities/failure.ts', ['worker']],
    ['domain/money.ts', ['api', 'worker']],
    ['logger.ts', ['api', 'worker']],
    ['sandbox/main.ts', ['sandbox']],
    ['dev/cli.ts', []],
    ['domain/money.test.ts', []],
    ['providers/payments/payplus/README.md', []],
  ])('of %s restarts %j', (path, names) => {
    expect(processesOf(path)).toEqual(names);
  });
});
