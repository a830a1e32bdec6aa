/** The little of node-forge that reading a PKCS#12 file takes. */
declare module 'node-forge' {
  interface Asn1 {
    readonly tagClass: number;
  }
  interface Bag {
    readonly key?: unknown;
    readonly cert?: unknown;
    readonly asn1: Asn1;
  }
  const forge: {
    asn1: { fromDer(bytes: string): Asn1; toDer(value: Asn1): { getBytes(): string } };
    pki: {
      oids: Readonly<Record<'certBag' | 'keyBag' | 'pkcs8ShroudedKeyBag', string>>;
      privateKeyToAsn1(key: unknown): Asn1;
      certificateToAsn1(certificate: unknown): Asn1;
    };
    pkcs12: {
      pkcs12FromAsn1(
        value: Asn1,
        strict: boolean,
        passphrase: string,
      ): { getBags(filter: { bagType: string }): Readonly<Record<string, readonly Bag[] | undefined>> };
    };
  };
  export default forge;
}
