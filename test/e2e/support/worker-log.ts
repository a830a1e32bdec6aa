import { readFileSync } from 'node:fs';
import { createPaths, readStateDir } from '../../../dev/paths.ts';

/** What the worker of the environment under test logged so far, about this: an id of a workflow or of a run. */
export function readWorkerLog(about: string): readonly Record<string, unknown>[] {
  return readFileSync(createPaths(readStateDir()).log('worker'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(about))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
