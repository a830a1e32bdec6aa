import type { Logger } from '../../src/logger.ts';

export function toBody(body: unknown): string | Buffer | null {
  if (body === undefined) return null;
  return Buffer.isBuffer(body) ? body : JSON.stringify(body);
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { type, code } = error as { type?: string; code?: string };
  return `${error.name}${type ? ` ${type}` : ''}${code ? ` ${code}` : ''}: ${error.message}`;
}

/** A rule of our own database said no; the same would be refused at every try. */
export function isOurRefusal(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^(22|23)\w{3}$/.test(code);
}

export function createNotes(notes: string[]): Logger {
  const say =
    (level: string) =>
    (first: unknown, message?: string): void => {
      const error =
        typeof first === 'object' && first !== null && 'err' in first ? ` (${describe(first.err)})` : '';
      notes.push(`${new Date().toISOString()}  ${level}: ${message ?? String(first)}${error}`);
    };
  const quiet = (): void => undefined;
  const logger = {
    level: 'info',
    trace: quiet,
    debug: quiet,
    info: quiet,
    warn: say('warn'),
    error: say('error'),
    fatal: say('fatal'),
    child: () => logger,
  };
  return logger as unknown as Logger;
}
