import { expect, it } from '#jest';
import { createKeyedMutex } from './keyed-mutex.ts';

it('work of one name is done one after the other, also after a failure; another name waits for none', async () => {
  const inTurn = createKeyedMutex();
  const story: string[] = [];
  const gate = Promise.withResolvers<null>();
  const first = inTurn('a', async () => {
    story.push('first begins');
    await gate.promise;
    story.push('first fails');
    throw new Error('it failed');
  });
  const second = inTurn('a', () => Promise.resolve(void story.push('second')));
  await inTurn('b', () => Promise.resolve(void story.push('another')));
  gate.resolve(null);
  await expect(first).rejects.toThrow('it failed');
  await second;
  expect(story).toEqual(['first begins', 'another', 'first fails', 'second']);
});
