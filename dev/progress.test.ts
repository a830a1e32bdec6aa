import { describe, expect, it } from '#jest';
import { createProgress } from './progress.ts';

const collect = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, columns: 60, write: (text: string) => written.push(text), text: () => written.join('') };
};

describe('progress', () => {
  it('shows a finished step with its seconds and its outcome', async () => {
    const out = collect(false);
    let now = 0;
    const progress = createProgress(out, () => now);
    await progress.step(
      'API',
      () => {
        now = 1_234;
        return Promise.resolve(8080);
      },
      (port) => `port ${port}`,
    );
    progress.end();
    expect(out.text()).toBe('  ✓ API                    1.2 s   port 8080\n');
  });

  it('passes a failure on and does not tick it off', async () => {
    const out = collect(false);
    const progress = createProgress(out);
    await expect(progress.step('API', () => Promise.reject(new Error('no port')))).rejects.toThrow('no port');
    progress.end();
    expect(out.text()).toBe('');
  });

  it('keeps what is running on one live line of a terminal, cut to its width', async () => {
    const out = collect(true);
    const progress = createProgress(out);
    await progress.step('Temporal', (note) => {
      note('x'.repeat(100));
      progress.say('a line');
      return Promise.resolve();
    });
    progress.end();
    const live = out
      .text()
      .split('\r\x1b[2K')
      .find((part) => part.includes('…'));
    expect(live).toMatch(/^ {2}… Temporal 0 s: x+$/);
    expect(live).toHaveLength(59);
  });
});
