import { createTashlum } from 'tashlum/client';
import type { Clinic, ProviderName } from './clinic.ts';
import { ACTOR, openClinic } from './clinic.ts';
import type { Settings } from './engine-programs.ts';
import { apiProgram, migrate, sandboxProgram, urlsOf, workerProgram } from './engine-programs.ts';
import { writeJson } from './files.ts';
import { createCluster, createDatabase, postgresProgram } from './postgres/cluster.ts';
import type { PostgresHome } from './postgres/home.ts';
import type { Crew } from './processes/crew.ts';
import { together } from './processes/crew.ts';
import type { Progress } from './progress.ts';
import { findTemporal } from './temporal/find-server.ts';
import { checkStateVersion, temporalProgram } from './temporal/server.ts';

/** Input for starting the parts of an environment. */
export interface PartsDeps {
  settings: Settings;
  home: PostgresHome;
  crew: Crew;
  progress: Progress;
  /** Aborted when the start is given up. */
  signal: AbortSignal;
  giveUp: () => void;
}

const startPostgres = ({ settings, home, crew, progress }: PartsDeps): Promise<void> => {
  const { ports, secrets } = settings;
  return progress.step(
    'PostgreSQL',
    async () => {
      await createCluster(home, secrets.databasePassword);
      await crew.start(postgresProgram(home, settings));
      await createDatabase(ports.postgres, secrets.databasePassword);
    },
    () => `127.0.0.1:${ports.postgres}`,
  );
};

const startTemporal = ({ settings, crew, progress, signal }: PartsDeps): Promise<string> =>
  progress.step(
    'Temporal',
    async (note) => {
      const cli = await findTemporal(note, signal);
      await checkStateVersion(settings.paths, cli.serverVersion);
      note('starting');
      await crew.start(temporalProgram(cli, settings));
      return cli.serverVersion;
    },
    (version) => `${settings.temporal.address}, server ${version}`,
  );

const startSandbox = ({ settings, crew, progress }: PartsDeps): Promise<void> =>
  progress.step(
    'Sandbox',
    () => crew.start(sandboxProgram(settings)),
    () => urlsOf(settings).sandbox,
  );

/** Starts everything in order of dependency: independent parts, the migration, our own processes. */
export const startParts = async (deps: PartsDeps): Promise<void> => {
  const { settings, crew, progress, signal, giveUp } = deps;
  const alone = [
    startPostgres(deps),
    startSandbox(deps),
    ...(settings.temporal.isOurs ? [startTemporal(deps)] : []),
  ];
  await together(alone, giveUp);
  await progress.step('Migrations', () => migrate(settings, signal));
  await together(
    [
      progress.step('Worker', () => crew.start(workerProgram(settings))),
      progress.step(
        'API',
        () => crew.start(apiProgram(settings)),
        () => urlsOf(settings).api,
      ),
    ],
    giveUp,
  );
};

/** Opens the demo clinic and remembers it for the next start. */
export const startClinic = ({ settings, progress }: PartsDeps, provider: ProviderName): Promise<Clinic> => {
  const { secrets, paths } = settings;
  const admin = createTashlum({
    baseUrl: urlsOf(settings).api,
    key: secrets.adminKey,
    headers: ACTOR,
  });
  return progress.step(
    'Demo clinic',
    async () => {
      const clinic = await openClinic(admin, secrets.workspace, provider);
      await writeJson(paths.secrets, { ...secrets, workspace: clinic });
      return clinic;
    },
    ({ id }) => id,
  );
};
