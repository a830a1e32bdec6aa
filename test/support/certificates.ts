import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPaths, readStateDir } from '../../dev/paths.ts';
import { makeP12 } from '../../src/printing/testing/sample-certificate.ts';

/** From now on the documents of this workspace are signed, with a secured signature. */
export function giveCertificate(workspaceId: string): void {
  const { signing } = createPaths(readStateDir());
  mkdirSync(signing, { recursive: true });
  writeFileSync(join(signing, `${workspaceId}.pass`), 'open');
  writeFileSync(join(signing, `${workspaceId}.p12`), makeP12({ passphrase: 'open' }));
}
