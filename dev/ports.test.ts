import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '#jest';
import { choosePorts, DEFAULT_PORTS, listTaken } from './ports.ts';

const CHOOSE_PORTS = `
  import { choosePorts } from ${JSON.stringify(new URL('./ports.ts', import.meta.url).href)};
  console.log(JSON.stringify(await choosePorts(process.argv[1], true)));
`;
const TAKE_PORTS = `${CHOOSE_PORTS} setInterval(() => undefined, 1_000);`;

/**
 * A start is a process of its own. Here other tests start programs, and a program that is being started has copies of our
 * sockets for a moment, so a port that was just released could look taken.
 */
function startWith(file: string): Record<string, number> {
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', CHOOSE_PORTS, file]);
  return JSON.parse(stdout.toString()) as Record<string, number>;
}

describe('ports', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tashlum-ports-'));
    file = join(folder, 'ports.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('gives every name a port of its own, and the same ones at the next start', () => {
    const first = startWith(file);
    expect(new Set(Object.values(first)).size).toBe(7);
    expect(startWith(file)).toEqual(first);
  });

  it('are left alone that another process chose and does not use yet', async () => {
    const other = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      TAKE_PORTS,
      join(folder, 'other.json'),
    ]);
    const [told] = (await once(other.stdout, 'data')) as [Buffer];
    const { api } = JSON.parse(told.toString()) as { api: number };
    await writeFile(file, JSON.stringify({ api }));
    const chosen = await choosePorts(file, true);
    other.kill();
    expect(chosen.api).not.toBe(api);
  });

  it('that another program took since they were chosen are found', async () => {
    const ports = { ...DEFAULT_PORTS, ...startWith(file) };
    expect(await listTaken(ports)).toEqual([]);
    const other = createServer();
    other.listen(ports.api, '127.0.0.1');
    await once(other, 'listening');
    expect(await listTaken(ports)).toEqual([ports.api]);
    other.close();
  });

  it('steps aside when the port of the last start is taken, and remembers the new one', async () => {
    const taken = createServer();
    taken.listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    await writeFile(file, JSON.stringify({ api: port }));
    const chosen = await choosePorts(file, true);
    taken.close();
    expect(chosen.api).not.toBe(port);
    expect((JSON.parse(await readFile(file, 'utf8')) as { api: number }).api).toBe(chosen.api);
  });
});
