import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The CLI version that is downloaded or built; its server is 1.29. */
export const TEMPORAL_VERSION = '1.5.1';

/** The output of `temporal --version`: the version of the CLI and of the server inside. */
export interface TemporalVersion {
  cli: string;
  server: string;
}

/** Reads "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"; undefined for anything else. */
export const readVersion = (text: string): TemporalVersion | undefined => {
  const found = /temporal version (\S+) \(Server ([\d.]+)/i.exec(text);
  return found?.[1] === undefined || found[2] === undefined ? undefined : { cli: found[1], server: found[2] };
};

/** Whether dotted version `a` is at least `b`, number by number. */
export const isAtLeast = (a: string, b: string): boolean => {
  const [left, right] = [a, b].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  for (const [i, wanted] of (right ?? []).entries()) {
    const given = left?.[i] ?? 0;
    if (given !== wanted) return given > wanted;
  }
  return true;
};

/** CLI ≥ 1.4. One built by Go calls itself 0.0.0-DEV: then the server inside tells, 1.28 being that of CLI 1.4. */
export const isRecentEnough = ({ cli, server }: TemporalVersion): boolean =>
  cli.startsWith('0.0.0') ? isAtLeast(server, '1.28') : isAtLeast(cli, '1.4');

/** The version of the program at `path`, undefined when it is no Temporal CLI. */
export const askVersion = async (path: string): Promise<TemporalVersion | undefined> => {
  const answer = await run(path, ['--version'], { timeout: 20_000 }).catch(() => undefined);
  return answer === undefined ? undefined : readVersion(answer.stdout);
};
