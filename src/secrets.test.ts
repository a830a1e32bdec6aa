import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '#jest';
import fc from 'fast-check';
import { placeIn } from './sealed-places.ts';
import { createSecrets, hashSecret, keyIdOf, readMasterKeys } from './secrets.ts';

const encoded = (): string => randomBytes(32).toString('base64');
const [OLD, NEW] = [encoded(), encoded()];
const secrets = createSecrets(readMasterKeys(`k1:${OLD}`));
const PLACE = placeIn('provider_accounts.credentials', 'acc_1');
const sealed = secrets.seal(PLACE, 'a secret key');

describe('a sealed value', () => {
  it('opens where it was sealed, byte for byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const plain = Buffer.from(bytes);
        return secrets.open(PLACE, secrets.seal(PLACE, plain)).equals(plain);
      }),
    );
    expect(secrets.open(PLACE, sealed).toString()).toBe('a secret key');
  });

  it('shows nothing of what is inside, and never looks the same twice', () => {
    expect(sealed.includes('a secret key')).toBe(false);
    expect(secrets.seal(PLACE, 'a secret key').equals(sealed)).toBe(false);
  });

  it.each([
    ['row', placeIn('provider_accounts.credentials', 'acc_2')],
    ['column', placeIn('provider_accounts.previous', 'acc_1')],
    ['table', placeIn('provider_pages.secret', 'acc_1')],
  ])('does not open in another %s', (_, place) => {
    expect(() => secrets.open(place, sealed)).toThrow();
  });

  it('does not open for another purpose', () => {
    expect(() => secrets.open(placeIn('provider_accounts.webhook_token', 'acc_1'), sealed)).toThrow();
  });

  it('does not open once any of its bits is changed', () => {
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => secrets.open(PLACE, changed)).toThrow();
    }
  });

  it('does not open when it was cut short, however short', () => {
    for (let length = 0; length < sealed.length; length += 1)
      expect(() => secrets.open(PLACE, sealed.subarray(0, length))).toThrow();
  });
});

describe('the rotation of keys', () => {
  const rotated = createSecrets(readMasterKeys(`k2:${NEW}, k1:${OLD}`));

  it('still opens what the old key sealed, and seals with the new one', () => {
    expect(rotated.open(PLACE, sealed).toString()).toBe('a secret key');
    expect(keyIdOf(sealed)).toBe('k1');
    expect(keyIdOf(rotated.seal(PLACE, 'a secret key'))).toBe('k2');
  });

  it('names the key that is missing once the old one is taken away too early', () => {
    const withoutOld = createSecrets(readMasterKeys(`k2:${NEW}`));

    expect(() => withoutOld.open(PLACE, sealed)).toThrow('no encryption key "k1" is configured');
  });

  it('does not take another key of the same name for the old one', () => {
    const impostor = createSecrets(readMasterKeys(`k1:${NEW}`));

    expect(() => impostor.open(PLACE, sealed)).toThrow();
  });
});

describe('the text of the master keys', () => {
  it('is read in order, the current key first', () => {
    const keys = readMasterKeys(`k2:${NEW},k1:${OLD}`);

    expect(keys.map(({ id, key }) => [id, key.toString('base64')])).toEqual([
      ['k2', NEW],
      ['k1', OLD],
    ]);
  });

  it.each([
    ['nothing', ''],
    ['no name', OLD],
    ['an empty name', `:${OLD}`],
    ['a name of odd letters', `Key-1:${OLD}`],
    ['a name that is too long', `${'k'.repeat(17)}:${OLD}`],
    ['a key of 31 bytes', `k1:${randomBytes(31).toString('base64')}`],
    ['a key of 33 bytes', `k1:${randomBytes(33).toString('base64')}`],
    ['a second key that is bad', `k1:${OLD},k0:`],
    ['a comma too many', `k1:${OLD},`],
    ['letters that are no base64', `k1:${OLD.slice(0, 10)}!${OLD.slice(10)}`],
    ['base64 that lacks its padding', `k1:${OLD.replace(/=+$/, '')}`],
    ['something after the key', `k1:${OLD}:more`],
  ])('with %s is refused by a sentence that shows the right form and no key', (_, text) => {
    const refusal = 'TASHLUM_ENCRYPTION_KEYS must be "id:<base64 of 32 bytes>", several separated by commas';

    expect(() => readMasterKeys(text)).toThrow(new Error(refusal));
  });
});

describe('keys that would only pretend to be rotated', () => {
  it.each([
    ['an id twice', `k1:${NEW},k1:${OLD}`, 'uses the id "k1" twice'],
    ['an id twice, apart', `k2:${NEW},k1:${OLD},k2:${encoded()}`, 'uses the id "k2" twice'],
    ['one key under two ids', `k2:${OLD},k1:${OLD}`, 'has the same key as "k2" and "k1"'],
    ['a key that is not random', `k1:${Buffer.alloc(32, 7).toString('base64')}`, '"k1" that is not random'],
    [
      'a key that is a word',
      `k1:${Buffer.from('password'.repeat(4)).toString('base64')}`,
      '"k1" that is not random',
    ],
  ])('are refused: %s', (_, text, sentence) => {
    expect(() => readMasterKeys(text)).toThrow(sentence);
    expect(() => readMasterKeys(text)).not.toThrow(OLD);
  });
});

describe('a hashed secret', () => {
  it('is the same for the same secret and another for another', () => {
    expect(hashSecret('tk_1').equals(hashSecret('tk_1'))).toBe(true);
    expect(hashSecret('tk_1').equals(hashSecret('tk_2'))).toBe(false);
    expect(hashSecret('tk_1')).toHaveLength(32);
  });
});
