import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What goes wrong with the answers. */
export type StampFault =
  | 'other_imprint'
  | 'other_nonce'
  | 'refusal'
  | 'garbage'
  | 'cut_off'
  | 'silence'
  | 'forged'
  | 'expired'
  | 'other_purpose'
  | 'unnamed_certificate'
  | 'too_large'
  | 'unavailable'
  | 'too_many';

/**
 * A time-stamp authority for tests, over HTTP, by RFC 3161. Its answers are made by openssl, which knows nothing of our
 * code.
 */
export interface SampleAuthority {
  readonly url: string;
  /** The certificate above that of the authority, for `openssl … -CAfile`. */
  readonly rootFile: string;
  /** Every answer has it until it is null again. */
  fault: StampFault | null;
  /** If set, requests need it by HTTP Basic. */
  credentials: string | null;
  /** How many requests came. */
  asked(): number;
  close(): Promise<void>;
}

/** The policy of an authority that is not asked for one, and another that it also has. */
export const SAMPLE_POLICIES = ['1.3.6.1.4.1.99999.1', '1.3.6.1.4.1.99999.2'] as const;

/** @throws Error where this machine has no openssl */
export async function createSampleAuthority(curve: 'rsa' | 'ec' = 'rsa'): Promise<SampleAuthority> {
  const folder = await mkdtemp(join(tmpdir(), 'sample-authority-'));
  const openssl = createOpenssl(folder);
  await makeCertificates(openssl, folder, curve);
  await writeFile(join(folder, 'serial'), '01\n');
  await writeFile(join(folder, 'usual.cnf'), configuration('sha256', curve === 'rsa' ? 'sha256' : 'sha1'));
  await writeFile(join(folder, 'refusing.cnf'), configuration('sha512', 'sha256'));
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answerOf(request, authority, { folder, openssl }).then(
      (answer) => answer && send(response, answer),
      (error: unknown) => send(response, { status: 500, body: String(error) }),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const authority: SampleAuthority = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/stamps`,
    rootFile: join(folder, 'root.pem'),
    fault: null,
    credentials: null,
    asked: () => asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      await rm(folder, { recursive: true, force: true });
    },
  };
  return authority;
}

type Openssl = (...options: string[]) => Promise<void>;

function createOpenssl(folder: string): Openssl {
  return async (...options) => {
    try {
      await run('openssl', options, { cwd: folder });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new Error('openssl must play the time-stamp authority: apt-get install openssl', {
        cause: error,
      });
    }
  };
}

const EXTENSIONS = { stamping: 'timeStamping', expired: 'timeStamping', mailing: 'emailProtection' };

/** A root; below it a certificate for time stamps, one that has expired, and one for another purpose. */
async function makeCertificates(openssl: Openssl, folder: string, curve: 'rsa' | 'ec'): Promise<void> {
  const key = curve === 'rsa' ? ['rsa:2048'] : ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'];
  const newKey = ['req', '-newkey', ...key, '-nodes'];
  const root = ['-subj', '/CN=Sample Root', '-keyout', 'root.key', '-out', 'root.pem', '-days', '2'];
  await openssl(...newKey, '-x509', ...root);
  for (const [name, purpose] of Object.entries(EXTENSIONS)) {
    const usage = `extendedKeyUsage=critical,${purpose}\nkeyUsage=critical,digitalSignature\n`;
    await writeFile(join(folder, `${name}.ext`), usage);
    await openssl(...newKey, '-subj', `/CN=Sample ${name}`, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    const below = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-extfile', `${name}.ext`];
    const days = ['-days', name === 'expired' ? '-1' : '2'];
    await openssl('x509', '-req', '-in', `${name}.csr`, '-out', `${name}.pem`, ...below, ...days);
  }
}

/** An authority that takes this digest alone. `certDigest` is what its stamps name its certificate by. */
const configuration = (digest: string, certDigest: string): string => `[tsa]
default_tsa = sample
[sample]
serial = ./serial
signer_digest = sha256
default_policy = ${SAMPLE_POLICIES[0]}
other_policies = ${SAMPLE_POLICIES[1]}
digests = ${digest}
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = ${certDigest}
`;

interface Answer {
  readonly status: number;
  readonly body?: Buffer | string;
}

function send(response: ServerResponse, { status, body = '' }: Answer): void {
  const headers = { 'content-type': 'application/timestamp-reply', 'retry-after': '7' };
  response.writeHead(status, headers).end(body);
}

/** Null: it never answers. */
async function answerOf(
  request: IncomingMessage,
  { fault, credentials }: Pick<SampleAuthority, 'fault' | 'credentials'>,
  parts: Parts,
): Promise<Answer | null> {
  const query = await buffer(request);
  const basic = `Basic ${Buffer.from(credentials ?? '').toString('base64')}`;
  if (request.headers['content-type'] !== 'application/timestamp-query') return { status: 415 };
  if (credentials !== null && request.headers.authorization !== basic) return { status: 401 };
  if (fault === 'silence') return null;
  if (fault === 'unavailable') return { status: 503 };
  if (fault === 'too_many') return { status: 429 };
  if (fault === 'garbage') return { status: 200, body: '<html>Welcome</html>' };
  return { status: 200, body: await reply(query, fault, parts) };
}

interface Parts {
  readonly folder: string;
  readonly openssl: Openssl;
}

/** Where what must come back stands in a request (DER). Source: RFC 3161, section 2.4.1. */
const PLACES = {
  /** After the head of an octet string with a SHA-256. */
  imprint: (query: Buffer) => query.indexOf(Buffer.from([0x04, 0x20])) + 2,
  /** Before `certReq`, the last three bytes. */
  nonce: (query: Buffer) => query.length - 4,
};

async function reply(query: Buffer, fault: StampFault | null, { folder, openssl }: Parts): Promise<Buffer> {
  const asked = Buffer.from(query);
  if (fault === 'other_imprint') flip(asked, PLACES.imprint(asked));
  if (fault === 'other_nonce') flip(asked, PLACES.nonce(asked));
  await writeFile(join(folder, 'query'), asked);
  const config = fault === 'refusal' ? 'refusing.cnf' : 'usual.cnf';
  const signer = fault === 'expired' ? 'expired' : 'stamping';
  await openssl(
    ...['ts', '-reply', '-config', config, '-queryfile', 'query', '-out', 'reply', '-chain', 'root.pem'],
    ...['-signer', `${signer}.pem`, '-inkey', `${signer}.key`],
  );
  if (fault === 'other_purpose') await signAgain(openssl, 'mailing', ['-cades']);
  if (fault === 'unnamed_certificate') await signAgain(openssl, 'stamping', []);
  const made = await readFile(join(folder, 'reply'));
  // It ends with the value of the signature.
  if (fault === 'forged') flip(made, made.length - 1);
  if (fault === 'cut_off') return made.subarray(0, -100);
  return fault === 'too_large' ? Buffer.concat([made, Buffer.alloc(100_000)]) : made;
}

/** The same stamp, signed as any message is: `openssl ts` itself makes no wrong one. */
async function signAgain(openssl: Openssl, name: string, options: readonly string[]): Promise<void> {
  await openssl('ts', '-reply', '-in', 'reply', '-token_out', '-out', 'token');
  await openssl('cms', '-verify', '-noverify', '-inform', 'DER', '-in', 'token', '-out', 'info');
  await openssl(
    ...['cms', '-sign', '-binary', '-nodetach', '-econtent_type', '1.2.840.113549.1.9.16.1.4', ...options],
    ...['-signer', `${name}.pem`, '-inkey', `${name}.key`, '-outform', 'DER', '-in', 'info', '-out', 'token'],
  );
  await openssl('ts', '-reply', '-in', 'token', '-token_in', '-out', 'reply');
}

function flip(bytes: Buffer, at: number): void {
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
}
