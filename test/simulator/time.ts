import type { Life } from './life.ts';
import { sweepersWithWork } from './machine/tidy.ts';

/** Time passes, in one go: timers ring, tries and questions fall due, and the sweepers look once at what is left lying. */
export async function passTime({ world }: Life, until: number): Promise<void> {
  world.clock.advanceTo(until);
  world.temporal.fireTimers();
  await world.turns();
  const wanted = await sweepersWithWork(world.host.owner, world.clock.now());
  for (const name of world.sweepers) if (wanted.has(name)) await world.sweep(name);
  world.engineAnswers();
  await world.turns();
}
