import { createHash, randomBytes } from 'node:crypto';
import { Integer, Null, OctetString } from 'asn1js';
import { AlgorithmIdentifier, MessageImprint, TimeStampReq } from 'pkijs';

/** What was asked of a time-stamp authority, to hold its answer against. */
export interface StampRequest {
  /** The request as it is sent (DER). */
  readonly bytes: Buffer;
  /** What is stamped: the value of a signature. */
  readonly signature: Buffer;
  /** Its SHA-256. */
  readonly imprint: Buffer;
  readonly nonce: Buffer;
  /** The policy that was asked for, in dots; null: the authority's own. */
  readonly policy: string | null;
}

/** The object identifier of SHA-256. */
export const SHA256 = '2.16.840.1.101.3.4.2.1';
const NONCE_BYTES = 16;

/**
 * Asks for the time stamp of a signature's value, with the authority's certificate in the answer.
 * Source: RFC 3161, section 2.4.1; what is stamped: RFC 3161, appendix A.
 */
export function toStampRequest(signature: Buffer, policy: string | null): StampRequest {
  const imprint = createHash('sha256').update(signature).digest();
  const nonce = randomNonce();
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: imprint }),
    }),
    ...(policy === null ? {} : { reqPolicy: policy }),
    nonce: new Integer({ valueHex: nonce }),
    certReq: true,
  });
  return { bytes: Buffer.from(request.toSchema().toBER()), signature, imprint, nonce, policy };
}

/** A positive integer in its shortest form: its first bit is 0 and its second is 1. */
function randomNonce(): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  nonce.writeUInt8((nonce.readUInt8(0) & 0x3f) | 0x40, 0);
  return nonce;
}
