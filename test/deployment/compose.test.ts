import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from '#jest';

// No Docker engine is at hand where tests run: this holds what the file says, not what a container does.

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly read_only?: boolean;
  readonly privileged?: boolean;
  readonly network_mode?: string;
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly restart?: string;
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly volumes?: readonly string[];
  readonly depends_on?: unknown;
}

const { load } = createRequire(import.meta.url)('js-yaml') as { load: (text: string) => unknown };
const file = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
const { services, networks } = load(file) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
};
const all = Object.entries(services);
const namesOf = (isMeant: (service: Service) => boolean): readonly string[] =>
  all.filter(([, service]) => isMeant(service)).map(([name]) => name);

describe('docker-compose.yml', () => {
  it('lets nothing be reached but on the loopback, unless API_HOST says otherwise', () => {
    const ports = all.flatMap(([, service]) => service.ports ?? []);
    expect(ports).toHaveLength(2);
    for (const port of ports) expect(port).toMatch(/^(127\.0\.0\.1|\$\{API_HOST:-127\.0\.0\.1\}):/);
  });

  it.each(all)('gives %s no privileges and no way to more', (_name, service) => {
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    expect([service.privileged, service.network_mode]).toEqual([undefined, undefined]);
    expect(JSON.stringify(service.volumes ?? [])).not.toContain('docker.sock');
  });

  it('gives a writable root to Temporal and its UI alone, which write their configuration', () => {
    expect(namesOf((service) => service.read_only !== true)).toEqual(['temporal', 'temporal-ui']);
  });

  it('keeps the database, Temporal and the one-shot on a network that leads nowhere', () => {
    expect(networks['inside']).toEqual({ internal: true });
    expect(namesOf(({ networks: on }) => JSON.stringify(on) === '["inside"]')).toEqual([
      'postgres',
      'temporal',
      'migrate',
    ]);
    expect(namesOf(({ networks: on }) => on === undefined)).toEqual([]);
  });

  it('has nobody log in as a superuser but the one-shot, which ends', () => {
    const superuser = 'POSTGRES_PASSWORD';
    const isToldIt = ({ environment }: Service) =>
      Object.values(environment ?? {}).some((value) => String(value).includes(`\${${superuser}:?}`));
    expect(namesOf(isToldIt)).toEqual(['postgres', 'migrate']);
    expect(services['migrate']?.restart).toBe('on-failure');
    for (const name of ['api', 'worker'])
      expect(services[name]?.environment?.['DATABASE_URL']).toMatch(/^postgres:\/\/tashlum_system:/);
    expect(services['temporal']?.environment).toMatchObject({ POSTGRES_USER: 'temporal' });
  });

  it('tells the admin key to the API alone', () => {
    const isToldIt = ({ environment }: Service) => environment?.['TASHLUM_ADMIN_KEY'] !== undefined;
    expect(namesOf(isToldIt)).toEqual(['api']);
  });

  it('names each image by a version of its own', () => {
    const images = all.flatMap(([, { image }]) => image ?? []);
    expect(images).toHaveLength(3);
    for (const image of images) expect(image).toMatch(/:\d+(\.\d+)*(-[\w.]+)?(@sha256:[0-9a-f]{64})?$/);
  });
});
