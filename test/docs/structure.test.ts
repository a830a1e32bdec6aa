import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '#jest';

// What docs/architecture.md promises and the linter of imports cannot say.

const files = execFileSync('git', ['ls-files', 'src'], { encoding: 'utf8' })
  .split('\n')
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('/testing/'));

const texts = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));

/** Imports of each file, types included. */
const imports = new Map(
  [...texts].map(([path, text]) => {
    const found = [...text.matchAll(/from '(\.{1,2}\/[^']+\.ts)'/g)].map(([, to = '']) => to);
    return [path, found.map((to) => normalize(join(dirname(path), to))).filter((to) => texts.has(to))];
  }),
);

/** All files that a file reaches by its imports. */
function reachedFrom(start: string): Set<string> {
  const reached = new Set<string>();
  const next = [...(imports.get(start) ?? [])];
  for (let path = next.pop(); path !== undefined; path = next.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    next.push(...(imports.get(path) ?? []));
  }
  return reached;
}

describe('the structure of src', () => {
  it('has circles of types only within one folder', () => {
    const reached = new Map(files.map((path) => [path, reachedFrom(path)]));
    const circles = files.flatMap((path) =>
      [...(reached.get(path) ?? [])]
        .filter((other) => dirname(other) !== dirname(path) && reached.get(other)?.has(path) === true)
        .map((other) => `${path} ↔ ${other}`),
    );
    expect(circles).toEqual([]);
  });

  /** The API also holds the tables that its routes are mounted by and its description is made of. */
  const MOST = (folder: string): number => (folder === 'api' ? 0.28 : 0.25);

  it('has no folder with more than a quarter of all lines, the API a little more', () => {
    const lines = new Map<string, number>();
    for (const [path, text] of texts) {
      const folder = path.split('/')[1] ?? '';
      lines.set(folder, (lines.get(folder) ?? 0) + text.split('\n').length);
    }
    const total = [...lines.values()].reduce((sum, count) => sum + count, 0);
    expect([...lines].filter(([folder, count]) => count > total * MOST(folder))).toEqual([]);
  });
});
