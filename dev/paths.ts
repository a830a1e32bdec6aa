import { join, resolve } from 'node:path';

/** Absolute path of the checkout this file lies in. */
export const CHECKOUT = resolve(import.meta.dirname, '..');

/** Every path the environment keeps below its state directory, absolute. */
export type Paths = ReturnType<typeof createPaths>;

/** Names the paths below a state directory (`.tashlum` of the checkout by default); creates nothing. */
export const createPaths = (stateDir: string) => {
  const below = (...parts: string[]): string => join(stateDir, ...parts);
  return {
    stateDir,
    lock: below('lock.json'),
    info: below('dev.json'),
    secrets: below('secrets.json'),
    ports: below('ports.json'),
    pids: below('pids'),
    /** While this file exists, a program that ends is not started again: a test wants it to stay down. */
    hold: (name: string): string => below('pids', `${name}.hold`),
    logs: below('logs'),
    log: (name: string): string => below('logs', `${name}.log`),
    postgres: below('postgres'),
    temporalDb: below('temporal.sqlite'),
    temporalVersion: below('temporal.version'),
    sandbox: below('sandbox'),
    mails: below('mails'),
    /** Certificates that sign documents: `<workspaceId>.p12` and `.pass`. */
    signing: below('signing'),
    demo: below('demo'),
  };
};

/** The state directory asked for by `TASHLUM_STATE_DIR`, else `.tashlum` of this checkout. */
export const readStateDir = (env: NodeJS.ProcessEnv = process.env): string =>
  resolve(env['TASHLUM_STATE_DIR'] ?? join(CHECKOUT, '.tashlum'));
