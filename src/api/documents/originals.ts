import type { EventEmitter } from 'node:events';
import type { ApiContext } from '../context.ts';

/** Originals on their way out of this process. A document held by one request is the original for no other. */
export interface Originals {
  /** Holds the document for a request; false where another holds it. */
  hold(documentId: string): boolean;
  isHeld(documentId: string): boolean;
  release(documentId: string): void;
  /** Counts the original as used once the answer is finished; one that breaks off leaves it unused. */
  markWhenSent(
    response: Pick<EventEmitter, 'once'>,
    document: { workspaceId: string; documentId: string },
  ): void;
}

export function createOriginals({ db, pool, logger }: Pick<ApiContext, 'db' | 'pool' | 'logger'>): Originals {
  const held = new Set<string>();

  /** Held until the mark is written, and for good where it cannot be: better a copy too many than two originals. */
  const mark = async (workspaceId: string, documentId: string): Promise<void> => {
    try {
      await db.inWorkspace(pool, workspaceId, (tx) => db.taxDocuments.markOriginalLeft(tx, documentId));
      held.delete(documentId);
    } catch (error) {
      logger.error({ err: error, documentId }, 'an original left and could not be marked as used');
    }
  };

  return {
    hold: (documentId) => {
      if (held.has(documentId)) return false;
      held.add(documentId);
      return true;
    },
    isHeld: (documentId) => held.has(documentId),
    release: (documentId) => {
      held.delete(documentId);
    },
    markWhenSent: (response, { workspaceId, documentId }) => {
      let isSent = false;
      response.once('finish', () => {
        isSent = true;
        void mark(workspaceId, documentId);
      });
      response.once('close', () => {
        if (!isSent) held.delete(documentId);
      });
    },
  };
}
