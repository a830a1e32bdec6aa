import type { ChildProcess } from 'node:child_process';

const KEY = Symbol.for('tashlum.test-environment');

/** Jest loads setup and teardown apart from each other; the process they share is kept where both can see it. */
export const keepEnvironmentProcess = (child: ChildProcess): void => void Reflect.set(globalThis, KEY, child);

export const findEnvironmentProcess = (): ChildProcess | undefined =>
  Reflect.get(globalThis, KEY) as ChildProcess | undefined;
