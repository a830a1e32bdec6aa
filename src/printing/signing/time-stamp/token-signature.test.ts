import type { Certificate, SignedData } from 'pkijs';
import { expect, it } from '#jest';
import { refuseForged } from './token-signature.ts';

/** The attribute by which a token names its certificate: SigningCertificateV2 (RFC 5035). */
const NAMES_CERTIFICATE = '1.2.840.113549.1.9.16.2.47';

/** A token with a right signature that names its certificate like this. openssl makes no such one. */
function tokenNaming(value: Buffer | null): SignedData {
  const values = value === null ? [] : [{ toBER: () => Uint8Array.from(value).buffer }];
  const token = {
    signerInfos: [{ signedAttrs: { attributes: [{ type: NAMES_CERTIFICATE, values }] } }],
    verify: () => Promise.resolve({ signatureVerified: true, signerCertificate: {} as Certificate }),
  };
  return token as unknown as SignedData;
}

it.each<[string, Buffer | null]>([
  ['has no value', null],
  ['ends after its tag', Buffer.from([0x30])],
  ['ends in the middle of an element', Buffer.from([0x30, 0x04, 0x30, 0x20, 0x04, 0x01])],
  ['has no digest', Buffer.from([0x30, 0x04, 0x30, 0x02, 0x05, 0x00])],
  ['is a number', Buffer.from([0x02, 0x01, 0x07])],
])('a time stamp whose name of its certificate %s is refused by name', async (_, value) => {
  const refused = refuseForged(tokenNaming(value), Buffer.from('signature'), new Date());
  await expect(refused).rejects.toMatchObject({ name: 'ProviderError', code: 'bad_answer' });
  await expect(refused).rejects.toThrow('does not name its own certificate');
});
