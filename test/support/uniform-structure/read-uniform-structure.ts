import { checkDocuments, gatherDocuments } from './check-documents.ts';
import type { UniformDocument } from './check-documents.ts';
import { checkFrames } from './check-frames.ts';
import { LAYOUTS_OF_DATA, LAYOUTS_OF_INI } from './layouts.ts';
import { openZip } from './open-zip.ts';
import { readRecords } from './read-records.ts';
import type { Tell, UniformRecord } from './read-records.ts';

export { numberOf, textOf } from './read-records.ts';
export type { UniformRecord } from './read-records.ts';
export type { UniformDocument } from './check-documents.ts';

export interface UniformStructure {
  /** What differs from the reference, in words; none where the file is as the law wants it. */
  readonly findings: readonly string[];
  readonly folder: string;
  /** A000, then the summaries. */
  readonly ini: readonly UniformRecord[];
  /** A100 to Z900. */
  readonly data: readonly UniformRecord[];
  readonly documents: readonly UniformDocument[];
}

/** The two files of the law, unpacked, and the folder that they were in. */
export interface UniformFiles {
  readonly folder: string;
  readonly ini: Buffer;
  readonly data: Buffer;
}

/**
 * Reads an export in the uniform structure 1.31 by the law's tables alone: nothing here knows the program that writes it. `others` are
 * the files beside the law's two, by their whole names.
 * Throws where there is nothing to read.
 */
export function readUniformStructure(
  archive: Buffer,
): UniformStructure & { readonly others: ReadonlyMap<string, Buffer> } {
  const files = openZip(archive);
  const path = [...files.keys()].find((name) => name.endsWith('/INI.TXT')) ?? '';
  const folder = path.slice(0, -'/INI.TXT'.length);
  const fileOf = (name: string) => files.get(`${folder}/${name}`) ?? missing(name);
  const inner = openZip(fileOf('BKMVDATA.zip'));
  const names = [...inner.keys()].join();
  if (names !== 'BKMVDATA.TXT') throw new Error(`BKMVDATA.zip has ${names}`);
  const data = inner.get('BKMVDATA.TXT') ?? missing('BKMVDATA.TXT');
  const others = new Map([...files].filter(([name]) => !/\/(INI\.TXT|BKMVDATA\.zip)$/.test(name)));
  return { ...readUniformFiles({ folder, ini: fileOf('INI.TXT'), data }), others };
}

/** The same of the files themselves. */
export function readUniformFiles(files: UniformFiles): UniformStructure {
  const { folder } = files;
  const findings: string[] = [];
  const tell: Tell = (place, finding) => findings.push(`${place}: ${finding}`);
  const ini = readRecords('INI.TXT', files.ini, LAYOUTS_OF_INI, tell);
  const data = readRecords('BKMVDATA.TXT', files.data, LAYOUTS_OF_DATA, tell);
  const [header, ...summaries] = ini;
  if (header?.code !== 'A000') throw new Error('INI.TXT does not begin with A000');
  checkFrames({ header, summaries, data, folder }, tell);
  const documents = gatherDocuments(data, tell);
  checkDocuments(header, documents, tell);
  return { findings, folder, ini, data, documents };
}

function missing(name: string): never {
  throw new Error(`the archive has no ${name}`);
}
