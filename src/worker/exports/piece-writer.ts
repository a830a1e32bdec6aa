import { createHash } from 'node:crypto';
import { insertPiece } from '../../db/export-pieces.ts';
import type { ExportTry } from '../../db/exports.ts';
import type { Pool } from '../../db/pool.ts';
import { inOneTrip } from '../../db/transaction.ts';
import { ExportEnded } from './export-ended.ts';

/** So much of a file is one row. */
const PIECE_BYTES = 256 * 1_024;

/** Stores a file piece by piece. */
export interface PieceWriter {
  write(chunk: string | Uint8Array): Promise<void>;
  /** Stores the rest. */
  end(): Promise<{ readonly sizeBytes: number; readonly sha256: string }>;
}

/** @throws ExportEnded from `write` and `end` once the export was cancelled or another try began */
export function createPieceWriter(pool: Pool, of: ExportTry): PieceWriter {
  const hash = createHash('sha256');
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  let sizeBytes = 0;
  let number = 0;

  const store = async (bytes: Buffer): Promise<void> => {
    const [isStored] = await inOneTrip(pool, of.workspaceId, (tx) => [
      insertPiece(tx, of, { number, bytes }),
    ]);
    if (!isStored) throw new ExportEnded();
    number += 1;
  };

  return {
    write: async (chunk) => {
      const bytes = Buffer.from(chunk as Uint8Array);
      hash.update(bytes);
      sizeBytes += bytes.length;
      waiting.push(bytes);
      waitingBytes += bytes.length;
      if (waitingBytes < PIECE_BYTES) return;
      let rest = Buffer.concat(waiting);
      for (; rest.length >= PIECE_BYTES; rest = rest.subarray(PIECE_BYTES))
        await store(rest.subarray(0, PIECE_BYTES));
      waiting = [rest];
      waitingBytes = rest.length;
    },
    end: async () => {
      if (waitingBytes > 0) await store(Buffer.concat(waiting));
      return { sizeBytes, sha256: hash.digest('hex') };
    },
  };
}
