/** The target of progress output: process.stdout, or a replacement under test. */
export interface Output {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Reports the progress of a running step, e.g. "52 of 98 MB". */
export type Note = (text: string) => void;

export interface Progress {
  /** Prints a line of its own. */
  say(line: string): void;
  /** Shows a step while it runs, and its seconds and outcome when it is done. A failure is passed on. */
  step<T>(name: string, work: (note: Note) => Promise<T>, outcome?: (result: T) => string): Promise<T>;
  end(): void;
}

const NAME_WIDTH = 20;
const LIVE_MS = 200;
const LOG_MS = 10_000;

/** Milliseconds as seconds with one decimal: 1234 → "1.2 s". */
export const toSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

interface Running {
  name: string;
  startedAt: number;
  note: string;
}

const describeRunning = ({ name, startedAt, note }: Running, now: number): string =>
  `${name} ${Math.round((now - startedAt) / 1_000)} s${note === '' ? '' : `: ${note}`}`;

/** On a terminal, one live line shows the running steps; elsewhere a line every ten seconds does. */
export const createProgress = (out: Output, now: () => number = () => performance.now()): Progress => {
  const running = new Set<Running>();
  const isLive = out.isTTY === true;
  const clear = (): void => {
    if (isLive) out.write('\r\x1b[2K');
  };
  const show = (): void => {
    // In a log, only slow steps are worth a line.
    const shown = [...running].filter((step) => isLive || now() - step.startedAt >= LOG_MS / 2);
    if (shown.length === 0) return;
    const line = `  … ${shown.map((step) => describeRunning(step, now())).join(' · ')}`;
    clear();
    out.write(isLive ? line.slice(0, (out.columns ?? 80) - 1) : `${line}\n`);
  };
  const say = (line: string): void => {
    clear();
    out.write(`${line}\n`);
    if (isLive) show();
  };
  const timer = setInterval(show, isLive ? LIVE_MS : LOG_MS).unref();
  return {
    say,
    step: async (name, work, outcome) => {
      const step: Running = { name, startedAt: now(), note: '' };
      running.add(step);
      try {
        const result = await work((note) => void (step.note = note));
        running.delete(step);
        say(
          `  ✓ ${name.padEnd(NAME_WIDTH)}${toSeconds(now() - step.startedAt).padStart(8)}   ${outcome?.(result) ?? ''}`.trimEnd(),
        );
        return result;
      } finally {
        running.delete(step);
      }
    },
    end: () => {
      clear();
      clearInterval(timer);
    },
  };
};
