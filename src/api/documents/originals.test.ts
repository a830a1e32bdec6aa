import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '#jest';
import type { ApiContext } from '../context.ts';
import { fakePool } from '../testing/fake-pool.ts';
import { createOriginals } from './originals.ts';

/** A fake database that records the state of an original, and can be down. */
function open(isAway = false) {
  const noted: string[] = [];
  const note = (text: string, [id]: readonly unknown[]): [] => {
    if (isAway) throw new Error('away');
    if (text.includes('SET original_held_until = NULL')) noted.push(`released ${String(id)}`);
    if (text.includes('SET original_left_at')) noted.push(`left ${String(id)}`);
    return [];
  };
  const context = {
    pool: fakePool(note),
    logger: { error: () => noted.push('logged') },
  } as unknown as ApiContext;
  return { originals: createOriginals(context), noted, answer: new EventEmitter() };
}

const document = { workspaceId: 'ws_1', documentId: 'doc_1' };

describe('an original on its way out', () => {
  it('counts as used when the answer is finished, not before', async () => {
    const { originals, noted, answer } = open();
    originals.markWhenSent(answer, document);
    expect(noted).toEqual([]);
    answer.emit('finish');
    answer.emit('close');
    await turn();
    expect(noted).toEqual(['left doc_1']);
  });

  it('is let go of by an answer that broke off', async () => {
    const { originals, noted, answer } = open();
    originals.markWhenSent(answer, document);
    answer.emit('close');
    await turn();
    expect(noted).toEqual(['released doc_1']);
  });

  it('whose mark could not be written is not let go of, and the log says so', async () => {
    const { originals, noted, answer } = open(true);
    originals.markWhenSent(answer, document);
    answer.emit('finish');
    answer.emit('close');
    await turn();
    expect(noted).toEqual(['logged']);
  });
});
