import { expect, it } from '#jest';
import type { Request, Response } from 'express';
import type { ApiContext } from '../context.ts';
import { fakePool } from '../testing/fake-pool.ts';
import { createAuthenticate } from './authenticate.ts';

const ADMIN = 'an-admin-key-of-24-chars';

/** The result of one request with this key from this address: null if it is let in. */
function createDoor() {
  const context = {
    requestsPerSecond: 300,
    adminKeys: [ADMIN],
    pool: fakePool(),
  } as unknown as ApiContext;
  const authenticate = createAuthenticate(context);
  const response = { set: () => response } as unknown as Response;
  return async (key: string, ip: string): Promise<string | null> => {
    const headersDistinct = { authorization: [`Bearer ${key}`] };
    const request = { headersDistinct, ip } as unknown as Request;
    try {
      await authenticate(request, response, () => undefined);
      return null;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
}

it('an address that tries keys is told to slow down; good keys go on working from there, and other addresses are not meant', async () => {
  const knock = createDoor();
  const answers: (string | null)[] = [];
  for (let n = 0; n < 150; n += 1) answers.push(await knock(`wrong-${n}`, '192.0.2.7'));

  expect(answers.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => 'unauthorized'));
  expect(answers.at(-1)).toBe('rate_limited');
  expect(await knock(ADMIN, '192.0.2.7')).toBeNull();
  expect(await knock('wrong', '192.0.2.8')).toBe('unauthorized');
});
