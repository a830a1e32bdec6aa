import { access, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/*
 * Pictures that somebody looked at lie in src/printing/testing/pictures/. To approve a new look, delete the picture: the test then writes it and
 * fails once, so that it is looked at before it is committed.
 */
const PICTURES = fileURLToPath(new URL('../../src/printing/testing/pictures/', import.meta.url));
/**
 * The part of a picture that may differ: the smoothing of letters differs between versions of the programs that draw, their
 * positions do not.
 */
export const TOLERANCE = 0.001;
const COLOUR_TOLERANCE = 0.2;

/** Compares what was drawn with the approved picture of that name. @throws Error that says where to look */
export async function holdPicture(name: string, seen: PNG, tolerance = TOLERANCE): Promise<void> {
  const file = join(PICTURES, `${name}.png`);
  if (!(await exists(file))) {
    await writeFile(file, PNG.sync.write(seen));
    throw new Error(`${file} is new: look at it, then run again`);
  }
  const { part, difference } = compare(seen, PNG.sync.read(await readFile(file)));
  if (part <= tolerance) return;
  const folder = await mkdtemp(join(tmpdir(), `look-${name}-`));
  await writeFile(join(folder, 'seen.png'), PNG.sync.write(seen));
  await writeFile(join(folder, 'difference.png'), PNG.sync.write(difference));
  throw new Error(
    `${(part * 100).toFixed(2)} % differs: see ${folder}; if it is right, delete ${file} and run twice`,
  );
}

/** The part of a picture that differs from another one, 0 to 1; all of it if the size differs. */
export function differingPart(seen: PNG, approved: PNG): number {
  return compare(seen, approved).part;
}

function compare(seen: PNG, approved: PNG): { part: number; difference: PNG } {
  const { width, height } = approved;
  const difference = new PNG({ width, height });
  if (seen.width !== width || seen.height !== height) return { part: 1, difference };
  const dots = pixelmatch(seen.data, approved.data, difference.data, width, height, {
    threshold: COLOUR_TOLERANCE,
  });
  return { part: dots / (width * height), difference };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
