/** The little of node-forge that reading a PKCS#12 file takes, and that tests take to write one. */
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
      privateKeyFromAsn1(value: Asn1): unknown;
      certificateFromAsn1(value: Asn1): unknown;
    };
    pkcs12: {
      pkcs12FromAsn1(
        value: Asn1,
        strict: boolean,
        passphrase: string,
      ): { getBags(filter: { bagType: string }): Readonly<Record<string, readonly Bag[] | undefined>> };
      toPkcs12Asn1(key: unknown, chain: readonly unknown[], passphrase: string): Asn1;
    };
  };
  export default forge;
}
