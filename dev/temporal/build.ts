import { execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Note } from '../progress.ts';
import { isAtLeast, TEMPORAL_VERSION } from './version.ts';

const run = promisify(execFile);

const OLDEST_GO = '1.25';
const MODULE = `github.com/temporalio/cli/cmd/temporal@v${TEMPORAL_VERSION}`;
const KEPT_LINES = 15;

/** Reads "go version go1.26.8 linux/amd64" → "1.26.8". */
export const readGoVersion = (text: string): string | undefined => /\bgo(\d+(?:\.\d+)+)/.exec(text)?.[1];

/** Whether Go ≥ 1.25 is on the PATH. */
export const hasGo = async (): Promise<boolean> => {
  const answer = await run('go', ['version'], { timeout: 10_000 }).catch(() => undefined);
  const version = answer === undefined ? undefined : readGoVersion(answer.stdout);
  return version !== undefined && isAtLeast(version, OLDEST_GO);
};

/** The progress of a build, from the lines of `go install -v`: a download each, then a package each. */
export const createBuildCount = () => {
  const counted = { modules: 0, packages: 0 };
  return {
    read: (line: string): void => {
      if (line.startsWith('go: downloading ')) counted.modules += 1;
      else if (!line.startsWith('go:')) counted.packages += 1;
    },
    describe: (): string =>
      counted.packages === 0
        ? `first time only: building it with Go, ${counted.modules} modules downloaded`
        : `first time only: building it with Go, ${counted.modules} modules downloaded, ${counted.packages} packages compiled`,
  };
};

/** Builds the CLI into `folder`, as `temporal`; takes two to three minutes on two cores. */
export const buildTemporal = async (folder: string, note: Note, signal: AbortSignal): Promise<void> => {
  signal.throwIfAborted();
  const child = spawn('go', ['install', '-v', MODULE], {
    env: {
      ...process.env,
      CGO_ENABLED: '0',
      GOTOOLCHAIN: 'local',
      GOBIN: folder,
      GOFLAGS: '-buildvcs=false',
    },
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // The compilers are children of go, so the whole group must end.
  const kill = (): void => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  signal.addEventListener('abort', kill, { once: true });
  const count = createBuildCount();
  const lastLines: string[] = [];
  note(count.describe());
  createInterface({ input: child.stderr }).on('line', (line) => {
    count.read(line);
    note(count.describe());
    if (lastLines.push(line) > KEPT_LINES) lastLines.shift();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  signal.removeEventListener('abort', kill);
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`go install ${MODULE} failed:\n${lastLines.join('\n')}`);
};
