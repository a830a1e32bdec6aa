import type * as Jest from '@jest/globals';

/** Jest's own functions, which its runner sets as globals; imported so that a test file names what it uses. */
export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } =
  globalThis as unknown as typeof Jest;
