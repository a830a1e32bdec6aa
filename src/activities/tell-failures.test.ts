import { expect, it } from '#jest';
import { triesToTell } from './tell-failures.ts';

/** The tries that are told, of the first 31. */
const told = (isLocalFirst: boolean): number[] => {
  const regular = Array.from({ length: 31 }, (_, index) => ({ attempt: index + 1, isLocal: false }));
  const tries = isLocalFirst ? [{ attempt: 1, isLocal: true }, ...regular] : regular;
  return tries.map((one) => triesToTell(one, isLocalFirst)).filter((count) => count !== null);
};

it('the first failed try is told of, and every tenth, wherever it is made', () => {
  expect(told(false)).toEqual([1, 10, 20, 30]);
  expect(told(true)).toEqual([1, 10, 20, 30]);
});
