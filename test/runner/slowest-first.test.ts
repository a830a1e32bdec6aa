import { expect, it } from '#jest';
import SlowestFirst from './slowest-first.ts';

const at = (path: string) => ({ path: new URL(`../../${path}`, import.meta.url).pathname });

it('files that wait for long are started first, then the largest', () => {
  const [late, small, large] = ['test/e2e/late-news', 'test/e2e/support/books', 'src/config'].map((name) =>
    at(name === 'test/e2e/late-news' ? `${name}.test.ts` : `${name}.ts`),
  );
  if (!late || !small || !large) throw new Error('three files');
  expect(new SlowestFirst().sort([small, large, late])).toEqual([late, large, small]);
});
