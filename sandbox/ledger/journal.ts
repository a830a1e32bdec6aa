import { closeSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;

export interface Journal {
  /** Calls `use` for every complete line, and drops a last one that a kill cut off. */
  replay: (use: (line: unknown) => void) => void;
  /** Writes all lines in one call, so they are there together once it returns. */
  append: (lines: readonly object[]) => void;
  close: () => void;
}

/**
 * Append-only JSON lines in one file (mode 0600). A completed write survives a SIGKILL of the process, because the
 * kernel has the bytes. It need not survive a power cut.
 */
export function openJournal(file: string): Journal {
  const fd = openSync(file, 'a+', 0o600);
  return {
    replay: (use) => replay(fd, use),
    append(lines) {
      const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      let done = 0;
      while (done < bytes.length) done += writeSync(fd, bytes, done);
    },
    close: () => closeSync(fd),
  };
}

function replay(fd: number, use: (line: unknown) => void): void {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let rest = Buffer.alloc(0);
  let position = 0;
  for (;;) {
    const read = readSync(fd, chunk, 0, CHUNK_BYTES, position);
    if (read === 0) break;
    position += read;
    rest = Buffer.concat([rest, chunk.subarray(0, read)]);
    rest = rest.subarray(takeLines(rest, use));
  }
  if (rest.length > 0) ftruncateSync(fd, position - rest.length);
}

/** Returns how many bytes of `bytes` were whole lines. */
function takeLines(bytes: Buffer, use: (line: unknown) => void): number {
  let start = 0;
  for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    use(JSON.parse(bytes.toString('utf8', start, end)));
    start = end + 1;
  }
  return start;
}
