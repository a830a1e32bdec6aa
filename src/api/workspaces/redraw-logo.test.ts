import { describe, expect, it } from '#jest';
import { Problem } from '../../domain/problems.ts';
import type { LogoParts } from './logo-parts.ts';
import { createRedrawLogo, drawInThread } from './redraw-logo.ts';

const PARTS = {} as LogoParts;

/** A redrawing that ends on demand. */
function createBrush() {
  const ends: (() => void)[] = [];
  const draw = (): Promise<null> => new Promise((resolve) => ends.push(() => resolve(null)));
  return { draw, endNext: () => ends.shift()?.() };
}

describe('drawing logos', () => {
  it('is refused to a workspace whose logo is being drawn, and free again afterwards', async () => {
    const brush = createBrush();
    const redraw = createRedrawLogo(brush.draw);
    const first = redraw('ws_1', PARTS);
    await Promise.resolve();
    expect(() => redraw('ws_1', PARTS)).toThrow(Problem);
    expect(() => redraw('ws_1', PARTS)).toThrow('of this workspace is being processed');
    brush.endNext();
    await first;
    expect(() => redraw('ws_1', PARTS)).not.toThrow();
  });

  it('lets a few workspaces wait, and no more', async () => {
    const redraw = createRedrawLogo(createBrush().draw);
    for (let n = 0; n < 8; n += 1) void redraw(`ws_${n}`, PARTS);
    await Promise.resolve();
    expect(() => redraw('ws_9', PARTS)).toThrow('too many logos');
  });

  it('goes on with the next where one failed', async () => {
    let count = 0;
    const redraw = createRedrawLogo(() => {
      count += 1;
      return count === 1 ? Promise.reject(new Error('took too long')) : Promise.resolve(null);
    });
    await expect(redraw('ws_1', PARTS)).rejects.toThrow('took too long');
    await expect(redraw('ws_1', PARTS)).resolves.toBeNull();
  });

  it('ends a drawing that would never end by itself', async () => {
    const endless = new URL('data:text/javascript,for(;;);');
    await expect(drawInThread(PARTS, endless, 200)).rejects.toThrow('ended without an answer');
  });
});
