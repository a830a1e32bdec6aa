import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { matchesGlob } from 'node:path';
import { expect, it } from '#jest';

// No Docker engine is at hand where tests run: this reads what the Dockerfile copies and what .dockerignore leaves out.

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const lines = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

const copied = lines(read('Dockerfile')).flatMap((line) =>
  line.startsWith('COPY ') ? line.split(' ').slice(1, -1) : [],
);
const left = lines(read('.dockerignore')).filter((line) => !line.startsWith('#'));
const isLeft = (path: string): boolean =>
  left.some((pattern) => matchesGlob(path, pattern) || matchesGlob(path, `${pattern}/**`));

const image = lines(execFileSync('git', ['ls-files', ...copied], { encoding: 'utf8' })).filter(
  (path) => !isLeft(path),
);

it('the container image holds what runs', () => {
  expect(image).toEqual(
    expect.arrayContaining([
      'src/api/main.ts',
      'src/worker/main.ts',
      'src/commands/migrate.ts',
      'package-lock.json',
    ]),
  );
});

it('the container image holds no test, sandbox or dev file', () => {
  const foreign = image.filter((path) => /\.test\.ts$|(^|\/)(test|testing|sandbox|dev|bench)\//.test(path));
  expect(foreign).toEqual([]);
});
