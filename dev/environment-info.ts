import { rm } from 'node:fs/promises';
import type { Clinic } from './clinic.ts';
import type { Settings } from './engine-programs.ts';
import { urlsOf } from './engine-programs.ts';
import { writeJson } from './files.ts';
import { databaseUrl, SUPERUSER } from './postgres/cluster.ts';
import type { Crew } from './processes/crew.ts';

/** The five processes whose pids `dev.json` shows. */
export type ProcessName = 'api' | 'worker' | 'temporal' | 'postgres' | 'sandbox';

/** The content of `dev.json` while an environment runs. */
export interface EnvironmentInfo {
  apiUrl: string;
  adminKey: string;
  /** The demo clinic, and a key with every scope. */
  workspaceId: string;
  workspaceKey: string;
  sandboxUrl: string;
  /** host:port. */
  temporalAddress: string;
  temporalNamespace: string;
  /** Null if `TEMPORAL_ADDRESS` is set and the UI of that server is unknown (`TEMPORAL_UI_URL`). */
  temporalUiUrl: string | null;
  /** The superuser of the cluster: sees the rows of every workspace. */
  databaseUrl: string;
  /** The API's metrics, then the worker's. */
  metricsUrl: string[];
  /** Null for a Temporal server that the environment did not start. */
  pids: Record<ProcessName, number | null>;
}

/** The running parts: addresses from the settings, pids from the crew. */
export const describeEnvironment = (settings: Settings, clinic: Clinic, crew: Crew): EnvironmentInfo => {
  const { ports, secrets, temporal } = settings;
  const urls = urlsOf(settings);
  return {
    apiUrl: urls.api,
    adminKey: secrets.adminKey,
    workspaceId: clinic.id,
    workspaceKey: clinic.key,
    sandboxUrl: urls.sandbox,
    temporalAddress: temporal.address,
    temporalNamespace: temporal.namespace,
    temporalUiUrl: temporal.uiUrl,
    databaseUrl: databaseUrl(SUPERUSER, secrets.databasePassword, ports.postgres),
    metricsUrl: [urls.apiMetrics, urls.workerMetrics],
    pids: {
      api: crew.pid('api'),
      worker: crew.pid('worker'),
      temporal: crew.pid('temporal'),
      postgres: crew.pid('postgres'),
      sandbox: crew.pid('sandbox'),
    },
  };
};

/** Writes `dev.json`, one write after the other, so that the last state wins. */
export const createInfoFile = (file: string, describe: () => EnvironmentInfo) => {
  let writing = Promise.resolve();
  let isOpen = true;
  return {
    write: (): Promise<void> =>
      (writing = writing.then(() => (isOpen ? writeJson(file, describe()) : undefined))),
    remove: (): Promise<void> => {
      isOpen = false;
      return (writing = writing.catch(() => undefined).then(() => rm(file, { force: true })));
    },
  };
};
