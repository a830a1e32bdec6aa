import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateNames } from '../../certificate-files.ts';
import type { SignatureGrade } from '../page/computerised.ts';
import { roomFor, toDetachedCms } from './cms.ts';
import { readP12 } from './read-p12.ts';
import type { Certificate } from './read-p12.ts';
import type { TimeStampAuthority } from './time-stamp/authority.ts';

/** Signs for one business. */
export interface Signer {
  readonly grade: SignatureGrade;
  /** The room that its signatures need, in bytes. */
  readonly room: number;
  /**
   * The detached CMS signature of these bytes, one after the other, with its time stamp where an authority is set.
   * @throws ProviderError where the authority gives no stamp: an unstamped original could never be replaced
   */
  readonly sign: (parts: readonly Buffer[]) => Promise<Buffer>;
}

/** The time-stamp authority of this installation. */
export interface TimeStamps extends TimeStampAuthority {
  /** Nothing is printed while its breaker is open. @throws ProviderError `circuit_open` */
  mayStamp(): Promise<void>;
}

/** Finds the signer of a workspace. */
export interface Signers {
  /**
   * The signer of the workspace, or null if it has no certificate.
   * @throws Error naming the file if there is a certificate that cannot be used: an unsigned original could never be
   * replaced
   * @throws ProviderError `circuit_open` where there is a certificate and the time-stamp authority is left alone
   */
  signerOf(workspaceId: string, now: Date): Promise<Signer | null>;
}

/**
 * Signers from a folder: `<workspaceId>.p12` with its passphrase in `<workspaceId>.pass`, else `default.p12` with
 * `default.pass` for an installation with one business. A changed file is read again. Without a folder nothing is
 * signed. `timeStamps` stamps every signature; null: none.
 */
export function createSigners(
  signing: { folder: string; grade: SignatureGrade } | null,
  timeStamps: TimeStamps | null = null,
): Signers {
  if (signing === null) return { signerOf: () => Promise.resolve(null) };
  const { folder, grade } = signing;
  const opened = new Map<string, { bytes: Buffer; passphrase: string; certificate: Certificate }>();

  const open = (name: string, bytes: Buffer, passphrase: string): Certificate => {
    const known = opened.get(name);
    if (known?.bytes.equals(bytes) && known.passphrase === passphrase) return known.certificate;
    const certificate = readP12(bytes, passphrase);
    opened.set(name, { bytes, passphrase, certificate });
    return certificate;
  };

  const read = async (name: string, now: Date): Promise<Signer | null> => {
    const file = `${name}.p12`;
    const bytes = await readIfThere(join(folder, file));
    if (bytes === null) return null;
    const passphrase = (await readIfThere(join(folder, `${name}.pass`)))?.toString('utf8').trimEnd() ?? '';
    try {
      const certificate = open(name, bytes, passphrase);
      refuseOutOfDate(certificate, now);
      return {
        grade,
        room: roomFor(certificate) + (timeStamps?.mostBytes ?? 0),
        sign: (parts) => toDetachedCms(parts, certificate, timeStamps?.stamp ?? null),
      };
    } catch (error) {
      throw new Error(
        `the signing certificate ${file} cannot be used: ${(error as Error).message}. Replace it or its ${name}.pass in SIGNING_DIR, or remove both`,
        { cause: error },
      );
    }
  };

  return {
    signerOf: async (workspaceId, now) => {
      for (const name of certificateNames(workspaceId)) {
        const signer = await read(name, now);
        if (signer === null) continue;
        await timeStamps?.mayStamp();
        return signer;
      }
      return null;
    },
  };
}

function refuseOutOfDate({ validFrom, validUntil }: Certificate, now: Date): void {
  if (now < validFrom) throw new Error(`it is valid only from ${validFrom.toISOString()}`);
  if (now > validUntil) throw new Error(`it was valid until ${validUntil.toISOString()}`);
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
