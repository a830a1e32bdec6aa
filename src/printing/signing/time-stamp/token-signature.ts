import { createHash } from 'node:crypto';
import { ExtKeyUsage } from 'pkijs';
import type { Attribute, Certificate, SignedData, SignedDataVerifyResult } from 'pkijs';
import { membersOf, TAG } from '../der.ts';
import { wrongAnswer } from './wrong-answer.ts';

const EXTENDED_KEY_USAGE = '2.5.29.37';
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';
/** SigningCertificate, whose digest is SHA-1, and SigningCertificateV2 (RFC 5035). */
const NAMES_CERTIFICATE_V1 = '1.2.840.113549.1.9.16.2.12';
const NAMES_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

/**
 * Refuses a token whose signature does not fit the certificate that it brings, or whose certificate is none for time
 * stamps. `stamped` is what the stamp is of. Source: RFC 3161, sections 2.3 and 2.4.2.
 * @throws ProviderError `bad_answer`
 */
export async function refuseForged(token: SignedData, stamped: Buffer, stampedAt: Date): Promise<void> {
  if (token.signerInfos.length !== 1) throw wrongAnswer('has a token with other than one signature');
  const { signatureVerified, signerCertificate } = await verify(token, stamped);
  if (signatureVerified !== true || !signerCertificate)
    throw wrongAnswer('has a token whose signature is not that of the certificate in it');
  refuseUnnamed(token.signerInfos[0]?.signedAttrs?.attributes ?? [], signerCertificate);
  refusePurpose(signerCertificate);
  const { notBefore, notAfter } = signerCertificate;
  if (stampedAt < notBefore.value || stampedAt > notAfter.value)
    throw wrongAnswer(
      `is signed by a certificate that is valid from ${notBefore.value.toISOString()} to ${notAfter.value.toISOString()} only`,
    );
}

async function verify(token: SignedData, stamped: Buffer): Promise<Partial<SignedDataVerifyResult>> {
  try {
    const data = Uint8Array.from(stamped).buffer;
    return await token.verify({ signer: 0, data, extendedMode: true });
  } catch {
    // Its own errors name numbers and may quote the token.
    return {};
  }
}

/** The signed attributes name the certificate by its digest, so that another with the same key cannot replace it. */
function refuseUnnamed(attributes: readonly Attribute[], certificate: Certificate): void {
  const named = attributes.find(({ type }) => [NAMES_CERTIFICATE_V1, NAMES_CERTIFICATE_V2].includes(type));
  if (named === undefined || !isNamed(named, certificate))
    throw wrongAnswer('does not name its own certificate');
}

/** By positions: a sequence of sequences, of which the first has the digest, in V2 after its algorithm if not SHA-256. */
function isNamed({ type, values }: Attribute, certificate: Certificate): boolean {
  const digest = digestIn(values[0] as { toBER(): ArrayBuffer } | undefined);
  const algorithm = type === NAMES_CERTIFICATE_V1 ? 'sha1' : DIGESTS.get(digest?.length ?? 0);
  if (digest === undefined || algorithm === undefined) return false;
  const bytes = Buffer.from(certificate.toSchema().toBER());
  return createHash(algorithm).update(bytes).digest().equals(digest);
}

/** Undefined where the attribute has another shape, which may end in the middle of an element. */
function digestIn(value: { toBER(): ArrayBuffer } | undefined): Buffer | undefined {
  if (value === undefined) return undefined;
  try {
    const [names = Buffer.alloc(0)] = membersOf(Buffer.from(value.toBER()));
    const [first = Buffer.alloc(0)] = membersOf(names);
    return membersOf(first)
      .find(([tag]) => tag === TAG.octets)
      ?.subarray(2);
  } catch {
    return undefined;
  }
}

/** Digest algorithms of V2 by their length in bytes. */
const DIGESTS: ReadonlyMap<number, string> = new Map([
  [32, 'sha256'],
  [48, 'sha384'],
  [64, 'sha512'],
]);

function refusePurpose({ extensions = [] }: Certificate): void {
  const usage = extensions.find(({ extnID }) => extnID === EXTENDED_KEY_USAGE);
  const purposes = usage?.parsedValue instanceof ExtKeyUsage ? usage.parsedValue.keyPurposes : [];
  if (usage?.critical !== true || purposes.length !== 1 || purposes[0] !== TIME_STAMPING)
    throw wrongAnswer('is signed by a certificate that is not for time stamps alone');
}
