import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import type { ApiContext } from '../context.ts';
import { createOriginals } from './originals.ts';

/** A stand-in for the database that remembers what was marked, and can be away. */
function open(isAway = false) {
  const marked: string[] = [];
  const context = {
    pool: {},
    logger: { error: () => undefined },
    db: {
      inWorkspace: (_pool: unknown, _id: string, run: (tx: unknown) => Promise<unknown>) => run({}),
      taxDocuments: {
        markOriginalLeft: (_tx: unknown, id: string) => {
          if (isAway) return Promise.reject(new Error('away'));
          marked.push(id);
          return Promise.resolve(true);
        },
      },
    },
  } as unknown as ApiContext;
  return { originals: createOriginals(context), marked, answer: new EventEmitter() };
}

const document = { workspaceId: 'ws_1', documentId: 'doc_1' };

describe('an original on its way out', () => {
  it('is held by one request at a time', () => {
    const { originals } = open();
    expect([originals.hold('doc_1'), originals.hold('doc_1'), originals.hold('doc_2')]).toEqual([
      true,
      false,
      true,
    ]);
    originals.release('doc_1');
    expect(originals.hold('doc_1')).toBe(true);
  });

  it('counts as used when the answer is finished, not before', async () => {
    const { originals, marked, answer } = open();
    originals.hold('doc_1');
    originals.markWhenSent(answer, document);
    expect(marked).toEqual([]);
    answer.emit('finish');
    answer.emit('close');
    await turn();
    expect(marked).toEqual(['doc_1']);
    expect(originals.isHeld('doc_1')).toBe(false);
  });

  it('is still unused after an answer that broke off', async () => {
    const { originals, marked, answer } = open();
    originals.hold('doc_1');
    originals.markWhenSent(answer, document);
    answer.emit('close');
    await turn();
    expect(marked).toEqual([]);
    expect(originals.hold('doc_1')).toBe(true);
  });

  it('does not leave a second time where the mark could not be written', async () => {
    const { originals, answer } = open(true);
    originals.hold('doc_1');
    originals.markWhenSent(answer, document);
    answer.emit('finish');
    await turn();
    expect(originals.hold('doc_1')).toBe(false);
  });
});
