import { afterEach, describe, expect, it } from '#jest';
import { createServer } from 'node:http';
import type { LookupFunction, AddressInfo } from 'node:net';
import { isProviderError } from './domain/provider-error.ts';
import { createHttp } from './http.ts';
import { customerUrlFault, isAllowedHost } from './http-guard.ts';
import type { OutboundGuard } from './http-guard.ts';

const OUTSIDE: OutboundGuard = { allowLoopback: false };
const DEV: OutboundGuard = { allowLoopback: true };

describe('an address that a customer enters', () => {
  it.each([
    'https://books.example.com/documents?team=7',
    'http://books.example.com:8080/',
    'https://93.184.216.34/x',
    'https://[2606:2800:220:1:248:1893:25c8:1946]/',
    'http://127.0.0.1:4000/hook',
    'http://[::1]:4000/hook',
  ])('is taken: %s', (url) => expect(customerUrlFault(url)).toBeNull());

  it.each([
    ['http://10.0.0.8/', 'private'],
    ['http://172.16.3.4/', 'private'],
    ['http://192.168.1.1/', 'private'],
    ['http://0xc0a80101/', 'private'],
    ['http://3232235777/', 'private'],
    ['http://169.254.169.254/latest/meta-data', 'private'],
    ['http://0.0.0.0/', 'private'],
    ['http://100.64.0.1/', 'private'],
    ['http://127.0.0.2/', 'private'],
    ['http://[::]/', 'private'],
    ['http://[fe80::1]/', 'private'],
    ['http://[fd00::1]/', 'private'],
    ['http://[::ffff:10.0.0.8]/', 'private'],
    ['http://[64:ff9b::a00:8]/', 'private'],
    ['http://[2002:a00:8::]/', 'private'],
    ['http://[::10.0.0.8]/', 'private'],
    ['http://[::5db8:d822]/', 'private'],
    ['http://[::ffff:0:10.0.0.8]/', 'private'],
    ['http://[100::1]/', 'private'],
    ['http://[200::1]/', 'private'],
    ['http://[4000::1]/', 'private'],
    ['http://[fec0::1]/', 'private'],
    ['http://[fd00:ec2::254]/', 'private'],
    ['http://168.63.129.16/machine', 'private'],
    ['http://100.100.100.200/latest/meta-data', 'private'],
    ['http://192.0.0.192/opc/v2', 'private'],
    ['ftp://books.example.com/', 'http(s)'],
    ['file:///etc/passwd', 'http(s)'],
    ['books.example.com', 'http(s)'],
    ['', 'http(s)'],
    [' https://books.example.com/', 'blanks'],
    ['https://books.example.com/ ', 'blanks'],
    ['https://books.example.com/a b', 'blanks'],
    ['https://books.example.com/\n', 'blanks'],
    ['https://books.example.com\\@10.0.0.8/', 'backslashes'],
    ['https:\\\\books.example.com/', 'backslashes'],
    ['https:books.example.com', 'https://example.com'],
    ['https:/books.example.com', 'https://example.com'],
    ['https://user@books.example.com/', 'user name'],
    ['https://user:secret@books.example.com/', 'user name'],
  ])('is refused with a sentence: %s', (url, word) => expect(customerUrlFault(url)).toContain(word));

  it.each(['http://127.0.0.1/', 'http://[::1]/', 'http://[::ffff:127.0.0.1]/', 'http://0x7f000001/'])(
    'is not the machine itself where that is forbidden: %s',
    (url) => {
      expect(customerUrlFault(url, OUTSIDE)).toContain('loopback');
      expect(customerUrlFault(url, DEV)).toBeNull();
    },
  );

  it('reaches loopback only where that is allowed, and then only at its two usual addresses', () => {
    const hosts = ['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', '127.0.0.2', '10.0.0.1', '[fe80::1]'];
    expect(hosts.map((host) => isAllowedHost(host, OUTSIDE))).toEqual(hosts.map(() => false));
    expect(hosts.map((host) => isAllowedHost(host, DEV))).toEqual([true, true, true, false, false, false]);
  });
});

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A local server that counts its visitors. */
async function home(status = 200, headers = {}): Promise<{ port: number; visits: () => number }> {
  let visits = 0;
  const server = createServer((_request, response) => {
    visits += 1;
    response.writeHead(status, headers).end('in');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return { port: (server.address() as AddressInfo).port, visits: () => visits };
}

/** Every name resolves to these addresses. */
const namesMean =
  (...addresses: string[]): LookupFunction =>
  (_name, options, done) => {
    const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    if (options.all === true) done(null, all);
    else done(null, all[0]?.address ?? '', all[0]?.family);
  };

async function sendWith(guard: OutboundGuard, url: string): Promise<unknown> {
  const http = createHttp({ guard });
  open.push(() => http.close());
  return http.send({ method: 'POST', url, body: '{}' }).catch((error: unknown) => error);
}

describe('a guarded call', () => {
  it.each(['127.0.0.1', '[::1]', '127.1'])('does not reach %s', async (host) => {
    const { port, visits } = await home();
    const outcome = await sendWith(OUTSIDE, `http://${host}:${port}/`);
    expect(outcome).toMatchObject({ code: 'rejected', vendorCode: 'OUTBOUND_REFUSED' });
    expect(visits()).toBe(0);
  });

  it.each([[['127.0.0.1']], [['93.184.216.34', '127.0.0.1']], [['10.0.0.8']], [['::ffff:169.254.169.254']]])(
    'does not connect to a name that means %j',
    async (addresses) => {
      const { port, visits } = await home();
      const guard = { ...OUTSIDE, lookup: namesMean(...addresses) };
      const outcome = await sendWith(guard, `http://books.example.com:${port}/path-secret`);
      if (!isProviderError(outcome)) throw new Error('the call went out');
      expect(outcome).toMatchObject({ code: 'rejected', retry: 'never' });
      expect(outcome.message).toContain('books.example.com');
      expect(outcome.message).not.toMatch(/secret|169\.254|10\.0\.0/);
      expect(visits()).toBe(0);
    },
  );

  it('does connect where the guard allows it, by address and by name, and to no other inside address', async () => {
    const { port, visits } = await home();
    const guard = { ...DEV, lookup: namesMean('127.0.0.1') };
    expect(await sendWith(guard, `http://127.0.0.1:${port}/`)).toMatchObject({ status: 200, text: 'in' });
    expect(await sendWith(guard, `http://books.example.com:${port}/`)).toMatchObject({ status: 200 });
    expect(
      await sendWith({ ...DEV, lookup: namesMean('127.0.0.2') }, `http://b.example:${port}/`),
    ).toMatchObject({
      code: 'rejected',
    });
    expect(visits()).toBe(2);
  });

  it('does not follow a redirect to the inside', async () => {
    const inside = await home();
    const { port } = await home(307, { location: `http://127.0.0.1:${inside.port}/` });
    expect(await sendWith(DEV, `http://127.0.0.1:${port}/`)).toMatchObject({ status: 307 });
    expect(inside.visits()).toBe(0);
  });

  it('to a name that does not exist is unreachable', async () => {
    expect(await sendWith(OUTSIDE, 'http://nobody.invalid/')).toMatchObject({ code: 'unreachable' });
  });
});
