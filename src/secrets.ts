import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { SEALED_PLACES } from './sealed-places.ts';
import type { SecretPlace, SecretPurpose } from './sealed-places.ts';

/** Encrypts and decrypts stored values (AES-256-GCM, key id in front). */
export interface Secrets {
  seal(place: SecretPlace, plain: string | Buffer): Buffer;
  /** @throws Error if no key has the id of the value, or the value was changed or moved */
  open(place: SecretPlace, sealed: Buffer): Buffer;
}

/** Master keys, the current one first. */
export type MasterKeys = readonly [MasterKey, ...MasterKey[]];
/** A key of AES-256-GCM and the name by which sealed values refer to it. */
export interface MasterKey {
  readonly id: string;
  readonly key: Buffer;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** At least this many of 32 random bytes differ (about 30 do); a word or a repeated byte has fewer. */
const DIFFERENT_BYTES = 16;

/**
 * Reads `k2:<base64>,k1:<base64>`, the current key first, 32 random bytes each.
 * @throws Error with the sentence to show
 */
export function readMasterKeys(text: string): MasterKeys {
  const keys = text.split(',').map(readMasterKey);
  refuseTwins(keys);
  const [current, ...older] = keys;
  if (!current) throw new Error('TASHLUM_ENCRYPTION_KEYS is empty');
  return [current, ...older];
}

function readMasterKey(text: string): MasterKey {
  const [id = '', encoded = '', ...rest] = text.trim().split(':');
  const key = Buffer.from(encoded, 'base64');
  // Node skips invalid base64: a typing error would silently make another key of 32 bytes.
  const isExact = key.length === 32 && key.toString('base64') === encoded;
  if (!/^[a-z0-9]{1,16}$/.test(id) || !isExact || rest.length > 0) {
    throw new Error('TASHLUM_ENCRYPTION_KEYS must be "id:<base64 of 32 bytes>", several separated by commas');
  }
  if (new Set(key).size < DIFFERENT_BYTES) {
    throw new Error(
      `TASHLUM_ENCRYPTION_KEYS has a key "${id}" that is not random: make one with openssl rand -base64 32`,
    );
  }
  return { id, key };
}

/** If an id were used twice, it would be unclear which key sealed a value. One key under two ids replaces nothing. */
function refuseTwins(keys: readonly MasterKey[]): void {
  for (const [index, { id, key }] of keys.entries()) {
    const earlier = keys.slice(0, index);
    if (earlier.some((other) => other.id === id)) {
      throw new Error(`TASHLUM_ENCRYPTION_KEYS uses the id "${id}" twice: give the new key an id of its own`);
    }
    const twin = earlier.find((other) => other.key.equals(key));
    if (twin) {
      throw new Error(`TASHLUM_ENCRYPTION_KEYS has the same key as "${twin.id}" and "${id}": make a new one`);
    }
  }
}

/**
 * Seals with the first key and opens with every one of them. Each purpose has a key of its own, derived from these.
 */
export function createSecrets(masters: MasterKeys): Secrets {
  const derived = new Map<string, Buffer>();
  const keyFor = (master: MasterKey, purpose: SecretPurpose): Buffer => {
    const name = `${master.id}/${purpose}`;
    const known = derived.get(name);
    if (known) return known;
    const key = Buffer.from(hkdfSync('sha256', master.key, Buffer.alloc(0), `tashlum ${purpose}`, 32));
    derived.set(name, key);
    return key;
  };
  return {
    seal: (place, plain) => {
      const [master] = masters;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyFor(master, SEALED_PLACES[place.name]), nonce).setAAD(
        aad(place),
      );
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      const id = Buffer.from(master.id);
      return Buffer.concat([Buffer.from([id.length]), id, nonce, cipher.getAuthTag(), body]);
    },
    open: (place, sealed) => {
      const { keyId, nonce, tag, body } = split(sealed);
      const master = masters.find((candidate) => candidate.id === keyId);
      if (!master) throw new Error(`no encryption key "${keyId}" is configured`);
      const decipher = createDecipheriv(
        'aes-256-gcm',
        keyFor(master, SEALED_PLACES[place.name]),
        nonce,
      ).setAAD(aad(place));
      decipher.setAuthTag(tag);
      return Buffer.concat([decipher.update(body), decipher.final()]);
    },
  };
}

/** SHA-256 of a random secret (API key, token): enough to look it up, and useless to readers of the table. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** The key id in front of a sealed value shows a rotation which values still need the old key. */
export function keyIdOf(sealed: Buffer): string {
  return split(sealed).keyId;
}

function aad({ name, rowId }: SecretPlace): Buffer {
  const [table, column] = name.split('.');
  return Buffer.from(`${table}/${rowId}/${column}`);
}

function split(sealed: Buffer): { keyId: string; nonce: Buffer; tag: Buffer; body: Buffer } {
  const start = 1 + (sealed[0] ?? 0);
  if (sealed.length < start + NONCE_BYTES + TAG_BYTES) throw new Error('a sealed value is incomplete');
  return {
    keyId: sealed.subarray(1, start).toString(),
    nonce: sealed.subarray(start, start + NONCE_BYTES),
    tag: sealed.subarray(start + NONCE_BYTES, start + NONCE_BYTES + TAG_BYTES),
    body: sealed.subarray(start + NONCE_BYTES + TAG_BYTES),
  };
}
