import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeP12 } from '../testing/sample-certificate.ts';
import { createSigners } from './signing-folder.ts';

const now = new Date();
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signing-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, options: Partial<Parameters<typeof makeP12>[0]> = {}): Promise<void> {
  const passphrase = options.passphrase ?? 'open sesame';
  await writeFile(join(folder, `${name}.p12`), makeP12({ ...options, passphrase }));
  await writeFile(join(folder, `${name}.pass`), 'open sesame\n');
}

describe('who signs for a workspace', () => {
  it('nobody, where there is no folder or no certificate', async () => {
    expect(await createSigners(null).signerOf('ws_1', now)).toBeNull();
    expect(await createSigners({ folder, grade: 'secured' }).signerOf('ws_1', now)).toBeNull();
  });

  it('the certificate of its name, else the default one', async () => {
    await put('ws_1');
    const signers = createSigners({ folder, grade: 'certified' });
    expect(await signers.signerOf('ws_1', now)).toMatchObject({ grade: 'certified' });
    expect(await signers.signerOf('ws_2', now)).toBeNull();
    await put('default');
    const [own, other] = [await signers.signerOf('ws_1', now), await signers.signerOf('ws_2', now)];
    const parts = [Buffer.from('the same')];
    const [ofOther, ofOwn] = [await other?.sign(parts), await own?.sign(parts)];
    expect(ofOther?.equals(ofOwn ?? Buffer.alloc(0))).toBe(false);
  });

  it('the new certificate as soon as it lies there', async () => {
    await put('default');
    const signers = createSigners({ folder, grade: 'secured' });
    const before = await (await signers.signerOf('ws_1', now))?.sign([Buffer.from('x')]);
    await put('default');
    const after = await (await signers.signerOf('ws_1', now))?.sign([Buffer.from('x')]);
    expect(before?.equals(after ?? Buffer.alloc(0))).toBe(false);
  });

  it('its signature fits into the room that it asks for', async () => {
    await put('default');
    const signer = await createSigners({ folder, grade: 'secured' }).signerOf('ws_1', now);
    const { length } = (await signer?.sign([Buffer.alloc(100_000)])) ?? Buffer.alloc(0);
    expect(length).toBeGreaterThan(1_000);
    expect(length).toBeLessThanOrEqual(signer?.room ?? 0);
  });

  it.each<[string, Partial<Parameters<typeof makeP12>[0]>, RegExp]>([
    ['another passphrase', { passphrase: 'another' }, /passphrase is wrong/],
    [
      'its days over',
      { validUntil: new Date(Date.now() - 1_000), validFrom: new Date(0) },
      /was valid until/,
    ],
    ['its days not yet come', { validFrom: new Date(Date.now() + 60_000) }, /valid only from/],
  ])(
    'a certificate with %s is an error that names the file, never an unsigned document',
    async (_, options, why) => {
      await put('default', options);
      const asked = createSigners({ folder, grade: 'secured' }).signerOf('ws_1', now);
      await expect(asked).rejects.toThrow(why);
      await expect(asked).rejects.toThrow(
        /^the signing certificate default\.p12 cannot be used: .*SIGNING_DIR/,
      );
      await expect(asked).rejects.not.toThrow(/sesame/);
    },
  );

  it('a file that is no certificate is an error too', async () => {
    await writeFile(join(folder, 'default.p12'), 'hello');
    await expect(createSigners({ folder, grade: 'secured' }).signerOf('ws_1', now)).rejects.toThrow(
      /not a PKCS#12 file/,
    );
  });

  it('an id that is a path reads nothing elsewhere', async () => {
    await put('elsewhere');
    const signers = createSigners({ folder: join(folder, 'inner'), grade: 'secured' });
    expect(await signers.signerOf('../elsewhere', now)).toBeNull();
  });
});
