import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStateDir } from '../../dev/paths.ts';
import { readMail } from './read-mail.ts';
import type { ReadMail } from './read-mail.ts';

/** Where the mail server of the environment under test keeps what it takes. */
export const receivedDir = (): string => join(readStateDir(), 'received');

/** Every mail that came for an address, oldest first. */
export const mailsTo = (address: string): ReadMail[] =>
  readdirSync(receivedDir())
    .filter((name) => name.endsWith(` ${address}.eml`))
    .sort()
    .map((name) => readMail(readFileSync(join(receivedDir(), name))));
