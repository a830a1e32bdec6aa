import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import forge from 'node-forge';
import type { SigningIdentity } from './cms.ts';

/** The signer, and the end of their certificate. */
export interface Certificate extends SigningIdentity {
  readonly validFrom: Date;
  readonly validUntil: Date;
}

/**
 * Opens a PKCS#12 file (.p12, .pfx): an RSA key with its certificate and those of its issuers.
 * @throws Error that says what is wrong with it, without any of its content
 */
export function readP12(bytes: Buffer, passphrase: string): Certificate {
  const { keys, certificates } = open(bytes, passphrase);
  const [key] = keys;
  if (!key || keys.length > 1) throw new Error(`it must hold one RSA key, but holds ${keys.length}`);
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (!own) throw new Error('it holds no certificate of its key');
  return {
    key,
    certificate: own.raw,
    chain: certificates.filter((certificate) => certificate !== own).map(({ raw }) => raw),
    validFrom: new Date(own.validFrom),
    validUntil: new Date(own.validTo),
  };
}

function open(bytes: Buffer, passphrase: string): { keys: KeyObject[]; certificates: X509Certificate[] } {
  const { asn1, pki, pkcs12 } = forge;
  const toBytes = (value: Parameters<typeof asn1.toDer>[0]): Buffer =>
    Buffer.from(asn1.toDer(value).getBytes(), 'latin1');
  try {
    const file = pkcs12.pkcs12FromAsn1(asn1.fromDer(bytes.toString('latin1')), false, passphrase);
    const bagsOf = (kind: 'certBag' | 'keyBag' | 'pkcs8ShroudedKeyBag') => {
      const bagType = pki.oids[kind] ?? kind;
      return file.getBags({ bagType })[bagType] ?? [];
    };
    return {
      keys: [...bagsOf('pkcs8ShroudedKeyBag'), ...bagsOf('keyBag')]
        .flatMap(({ key }) => (key ? [toBytes(pki.privateKeyToAsn1(key))] : []))
        .map((key) => createPrivateKey({ key, format: 'der', type: 'pkcs1' })),
      // A certificate that the parser does not know, such as one of an authority with an elliptic curve, is taken
      // unparsed.
      certificates: bagsOf('certBag').map(
        ({ cert, asn1: raw }) => new X509Certificate(toBytes(cert ? pki.certificateToAsn1(cert) : raw)),
      ),
    };
  } catch {
    // Errors of the parser may quote the file.
    throw new Error(
      'it cannot be opened: the passphrase is wrong, or it is not a PKCS#12 file with an RSA key',
    );
  }
}
