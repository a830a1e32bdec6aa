import { once } from 'node:events';
import { checkEventShapes } from './check-event-shapes.ts';
import { findEnvironmentProcess } from './running-environment.ts';

/** Checks what the tests left in the books, stops their environment, and waits until nothing of it runs. */
export default async function globalTeardown(): Promise<void> {
  const child = findEnvironmentProcess();
  if (child === undefined || child.exitCode !== null) return;
  try {
    await checkEventShapes();
  } finally {
    const ended = once(child, 'exit');
    child.stdin?.end();
    await ended;
  }
}
