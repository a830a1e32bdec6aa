import { describe, expect, it } from '#jest';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const CODE = /\.(ts|js|cjs|mjs|sql|sh|yml)$/;
/** Folders of what is made or installed, not written. */
const SKIPPED = ['node_modules', 'histories', 'fixtures', 'pictures'];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || SKIPPED.includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const files = filesIn(ROOT);
const code = files.filter((file) => CODE.test(file));
const pages = files.filter((file) => file.endsWith('.md'));
const nameOf = (file: string): string => relative(ROOT, file);

/** The text with comments that go on in the next line joined, so that a citation is never cut in two. */
const joined = (file: string): string =>
  readFileSync(file, 'utf8').replaceAll(/\n[ \t]*(?:\*(?!\/)|\/\/|--|#)?[ \t]*/g, ' ');

/** The headings of a page, as text. A `#` inside a block of code is none. */
function headingsOf(page: string): string[] {
  const prose = readFileSync(page, 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, text = '']) => text.replaceAll(/[`*]/g, '').trim());
}

/** A heading's anchor, as hosts of repositories make it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

/** A page below `docs`, and the quoted headings that follow it after commas. */
const CITATION = /(?<![\w/.-])docs\/[\w./-]+\.md(?:, "[^"]+")*/g;
/** Any other page: `README.md`, `test/contract/README.md`. In quotes it is a value and cites nothing. */
const PAGE = /(?<![\w/.*'-])[\w./-]+\.md(?![\w-])/g;
const LINK = /\]\((?!\w+:)([^)\s]*)\)/g;

function wrongCitationsOf(file: string): string[] {
  return [...joined(file).matchAll(CITATION)].flatMap(([citation]) => {
    const [page = '', ...headings] = citation.split(/, (?=")/);
    if (!existsSync(join(ROOT, page))) return [`${nameOf(file)}: ${page} is not there`];
    const known = headingsOf(join(ROOT, page));
    return headings
      .filter((heading) => !known.includes(heading.slice(1, -1)))
      .map((heading) => `${nameOf(file)}: ${page} has no heading ${heading}`);
  });
}

function missingPagesOf(file: string): string[] {
  const places = [ROOT, dirname(file)];
  return [...joined(file).matchAll(PAGE)]
    .map(([page]) => page)
    .filter((page) => !places.some((place) => existsSync(join(place, page))))
    .map((page) => `${nameOf(file)}: ${page} is not there`);
}

function deadLinksOf(page: string): string[] {
  return [...readFileSync(page, 'utf8').matchAll(LINK)]
    .map(([, link = '']) => link)
    .filter((link) => !isAlive(page, link))
    .map((link) => `${nameOf(page)}: ${link} leads nowhere`);
}

function isAlive(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(target)) return false;
  if (anchor === undefined || statSync(target).isDirectory()) return true;
  return headingsOf(target).map(anchorOf).includes(anchor);
}

describe('what is cited is in the repository', () => {
  it('finds every page and heading that code and pages cite', () => {
    expect([...code, ...pages].flatMap(wrongCitationsOf)).toEqual([]);
    expect(code.flatMap(missingPagesOf)).toEqual([]);
  });

  it('follows every link between pages', () => {
    expect(pages.flatMap(deadLinksOf)).toEqual([]);
  });

  it('finds no bare section sign: code names the page and its heading', () => {
    const sign = '\u00a7';
    const places = code.filter((file) => readFileSync(file, 'utf8').includes(sign)).map(nameOf);
    expect(places).toEqual([]);
  });

  it('reads enough for that to mean something', () => {
    const citations = code.flatMap((file) => [...joined(file).matchAll(CITATION)]);
    expect(citations.length).toBeGreaterThan(100);
    expect(pages.length).toBeGreaterThan(30);
  });
});
