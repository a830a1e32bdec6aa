import { holdOriginal, markOriginalLeft, releaseOriginal } from '../../db/tax-documents.ts';
import { inWorkspace } from '../../db/transaction.ts';
import type { EventEmitter } from 'node:events';
import type { ApiContext } from '../context.ts';

interface DocumentIds {
  readonly workspaceId: string;
  readonly documentId: string;
}

/**
 * Originals on their way out. A document reserved by one request is the original for no other, in any process: the
 * reservation is in its row, and expires if its process dies.
 */
export interface Originals {
  /** Reserves the document for a request; false if another one has it or it has left. */
  hold(document: DocumentIds): Promise<boolean>;
  release(document: DocumentIds): Promise<void>;
  /** Counts the original as used once the answer is finished. A broken answer leaves it unused. */
  markWhenSent(response: Pick<EventEmitter, 'once'>, document: DocumentIds): void;
}

/** Originals whose reservations lie in the database. */
export function createOriginals({ pool, logger }: Pick<ApiContext, 'pool' | 'logger'>): Originals {
  const release: Originals['release'] = ({ workspaceId, documentId }) =>
    inWorkspace(pool, workspaceId, (tx) => releaseOriginal(tx, documentId));

  /** If this cannot be written, the reservation expires. Then the original may leave again, and the log says so. */
  const note = (what: Promise<unknown>, documentId: string): void =>
    void what.catch((error: unknown) =>
      logger.error({ err: error, documentId }, 'the delivery of an original could not be recorded'),
    );

  return {
    hold: ({ workspaceId, documentId }) =>
      inWorkspace(pool, workspaceId, (tx) => holdOriginal(tx, documentId)),
    release,
    markWhenSent: (response, document) => {
      const { workspaceId, documentId } = document;
      let isSent = false;
      response.once('finish', () => {
        isSent = true;
        note(
          inWorkspace(pool, workspaceId, (tx) => markOriginalLeft(tx, documentId)),
          documentId,
        );
      });
      response.once('close', () => {
        if (!isSent) note(release(document), documentId);
      });
    },
  };
}
