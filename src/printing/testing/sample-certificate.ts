import { generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import forge from 'node-forge';
import { context, der, oid, TAG } from '../signing/der.ts';

const GENERALIZED_TIME = 0x18;
const UTF8 = 0x0c;
const BITS = 0x03;
const SHA256_RSA = der(TAG.sequence, oid('1.2.840.113549.1.1.11'), der(TAG.null));

/** A PKCS#12 file of a business and its authority, for tests: newly made, worth nothing. */
export function makeP12(options: {
  readonly passphrase: string;
  readonly validFrom?: Date;
  readonly validUntil?: Date;
}): Buffer {
  const { validFrom = new Date(Date.now() - 60_000), validUntil = new Date(Date.now() + 86_400_000) } =
    options;
  const authority = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const business = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const certify = (name: string, serial: number, key: KeyObject) => {
    const body = der(
      TAG.sequence,
      der(context(0), der(TAG.integer, Buffer.from([2]))),
      der(TAG.integer, Buffer.from([serial])),
      SHA256_RSA,
      nameOf('Sample Authority'),
      der(TAG.sequence, timeOf(validFrom), timeOf(validUntil)),
      nameOf(name),
      key.export({ type: 'spki', format: 'der' }),
    );
    const signature = Buffer.concat([Buffer.alloc(1), sign('sha256', body, authority.privateKey)]);
    return toForge(der(TAG.sequence, body, SHA256_RSA, der(BITS, signature)));
  };
  const chain = [
    certify('Galilee Clinic', 7, business.publicKey),
    certify('Sample Authority', 1, authority.publicKey),
  ].map((certificate) => forge.pki.certificateFromAsn1(certificate));
  const key = forge.pki.privateKeyFromAsn1(
    toForge(business.privateKey.export({ type: 'pkcs1', format: 'der' })),
  );
  const file = forge.pkcs12.toPkcs12Asn1(key, chain, options.passphrase);
  return Buffer.from(forge.asn1.toDer(file).getBytes(), 'latin1');
}

function toForge(bytes: Buffer) {
  return forge.asn1.fromDer(bytes.toString('latin1'));
}

function nameOf(text: string): Buffer {
  const part = der(TAG.sequence, oid('2.5.4.3'), der(UTF8, Buffer.from(text)));
  return der(TAG.sequence, der(TAG.set, part));
}

function timeOf(instant: Date): Buffer {
  return der(GENERALIZED_TIME, Buffer.from(`${instant.toISOString().replace(/\D/g, '').slice(0, 14)}Z`));
}
