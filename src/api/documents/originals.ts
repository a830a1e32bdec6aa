import type { EventEmitter } from 'node:events';
import type { ApiContext } from '../context.ts';

interface DocumentIds {
  readonly workspaceId: string;
  readonly documentId: string;
}

/**
 * Originals on their way out. A document held by one request is the original for no other, whichever process it came
 * to: the hold lies in the document's row and runs out by itself where a process died with it.
 */
export interface Originals {
  /** Holds the document for a request; false where another holds it or it has left. */
  hold(document: DocumentIds): Promise<boolean>;
  isOut(document: DocumentIds): Promise<boolean>;
  release(document: DocumentIds): Promise<void>;
  /** Counts the original as used once the answer is finished; one that breaks off leaves it unused. */
  markWhenSent(response: Pick<EventEmitter, 'once'>, document: DocumentIds): void;
}

export function createOriginals({ db, pool, logger }: Pick<ApiContext, 'db' | 'pool' | 'logger'>): Originals {
  const { holdOriginal, isOriginalOut, markOriginalLeft, releaseOriginal } = db.taxDocuments;

  const release: Originals['release'] = ({ workspaceId, documentId }) =>
    db.inWorkspace(pool, workspaceId, (tx) => releaseOriginal(tx, documentId));

  /** What cannot be written leaves the hold to run out: then the original may leave again, and the log says so. */
  const note = (what: Promise<unknown>, documentId: string): void =>
    void what.catch((error: unknown) =>
      logger.error({ err: error, documentId }, 'the delivery of an original could not be recorded'),
    );

  return {
    hold: ({ workspaceId, documentId }) =>
      db.inWorkspace(pool, workspaceId, (tx) => holdOriginal(tx, documentId)),
    isOut: ({ workspaceId, documentId }) =>
      db.inWorkspace(pool, workspaceId, (tx) => isOriginalOut(tx, documentId)),
    release,
    markWhenSent: (response, document) => {
      const { workspaceId, documentId } = document;
      let isSent = false;
      response.once('finish', () => {
        isSent = true;
        note(
          db.inWorkspace(pool, workspaceId, (tx) => markOriginalLeft(tx, documentId)),
          documentId,
        );
      });
      response.once('close', () => {
        if (!isSent) note(release(document), documentId);
      });
    },
  };
}
