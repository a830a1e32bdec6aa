import { createHash, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { context, der, membersOf, oid, set, TAG } from './der.ts';

/** The signer: an RSA key, its certificate, and the certificates of its issuers (DER). */
export interface SigningIdentity {
  readonly key: KeyObject;
  readonly certificate: Buffer;
  readonly chain: readonly Buffer[];
}

const OIDS = {
  data: oid('1.2.840.113549.1.7.1'),
  signedData: oid('1.2.840.113549.1.7.2'),
  contentType: oid('1.2.840.113549.1.9.3'),
  messageDigest: oid('1.2.840.113549.1.9.4'),
  signingCertificateV2: oid('1.2.840.113549.1.9.16.2.47'),
  signatureTimeStamp: oid('1.2.840.113549.1.9.16.2.14'),
};
const NULL = der(TAG.null);
const SHA256 = der(TAG.sequence, oid('2.16.840.1.101.3.4.2.1'), NULL);
const RSA = der(TAG.sequence, oid('1.2.840.113549.1.1.1'), NULL);
const ONE = der(TAG.integer, Buffer.from([1]));

/** The time-stamp token (RFC 3161, DER) of a signature's value. */
export type Stamp = (signature: Buffer) => Promise<Buffer>;

/**
 * The detached CMS signature (RFC 5652) of `parts`, in order, as PAdES requires (ETSI EN 319 142-1): level B-T with a
 * time stamp, else B-B. It names its certificate by digest, so that no other certificate with the same key can replace
 * it. The signer's own time is in the file.
 */
export async function toDetachedCms(
  parts: readonly Buffer[],
  identity: SigningIdentity,
  stamp: Stamp | null,
): Promise<Buffer> {
  const attributes = [
    attribute(OIDS.contentType, OIDS.data),
    attribute(OIDS.messageDigest, der(TAG.octets, sha256(...parts))),
    attribute(OIDS.signingCertificateV2, signingCertificate(identity.certificate)),
  ];
  const { issuer, serial } = issuerAndSerial(identity.certificate);
  // The signed bytes are the set with its own tag, not with the tag in the message.
  const signature = sign('sha256', set(TAG.set, attributes), identity.key);
  const token = stamp && (await stamp(signature));
  const signer = der(
    TAG.sequence,
    ONE,
    der(TAG.sequence, issuer, serial),
    SHA256,
    set(context(0), attributes),
    RSA,
    der(TAG.octets, signature),
    // An unsigned attribute: the stamp is of the signature, so the signature cannot be of the stamp.
    ...(token ? [der(context(1), attribute(OIDS.signatureTimeStamp, token))] : []),
  );
  const signedData = der(
    TAG.sequence,
    ONE,
    der(TAG.set, SHA256),
    der(TAG.sequence, OIDS.data),
    set(context(0), [identity.certificate, ...identity.chain]),
    der(TAG.set, signer),
  );
  return der(TAG.sequence, OIDS.signedData, der(context(0), signedData));
}

/** An upper bound for the size of a signature by this identity, without a time stamp. */
export function roomFor({ certificate, chain }: SigningIdentity): number {
  return 2 * certificate.length + chain.reduce((sum, { length }) => sum + length, 0) + 2_048;
}

function attribute(type: Buffer, value: Buffer): Buffer {
  return der(TAG.sequence, type, der(TAG.set, value));
}

/** SigningCertificateV2 of RFC 5035; its digest is SHA-256 where it names none. */
function signingCertificate(certificate: Buffer): Buffer {
  const { issuer, serial } = issuerAndSerial(certificate);
  const names = der(TAG.sequence, der(context(4), issuer));
  const entry = der(TAG.sequence, der(TAG.octets, sha256(certificate)), der(TAG.sequence, names, serial));
  return der(TAG.sequence, der(TAG.sequence, entry));
}

/** By their positions in a certificate (RFC 5280, section 4.1): [version] serial algorithm issuer … */
function issuerAndSerial(certificate: Buffer): { issuer: Buffer; serial: Buffer } {
  const [body = Buffer.alloc(0)] = membersOf(certificate);
  const members = membersOf(body);
  const hasVersion = members[0]?.[0] === context(0);
  const [serial, , issuer] = hasVersion ? members.slice(1) : members;
  if (!serial || !issuer) throw new RangeError('the signing certificate has no serial number and issuer');
  return { issuer, serial };
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
