import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Poppler's tools on a printed file, for tests: they alone tell how others see it. */
export interface ReadBack {
  /** Which of these tools this machine lacks. */
  missing(...tools: string[]): Promise<string[]>;
  /** The words in the order of reading, without the marks of direction. */
  wordsOf(pdf: Buffer, ...options: string[]): Promise<string>;
  /** What a tool says of the file; it stands where `FILE` stands, or last. */
  tell(tool: string, pdf: Buffer, ...options: string[]): Promise<string>;
  /** A PNG of every page. */
  pictures(pdf: Buffer, dotsPerInch: string): Promise<Buffer[]>;
  close(): Promise<void>;
}

/** How a machine gets the tools. */
export const GET_POPPLER = 'apt-get install poppler-utils (macOS: brew install poppler)';

/** Reads files back by a folder of its own. */
export async function createReadBack(): Promise<ReadBack> {
  const folder = await mkdtemp(join(tmpdir(), 'read-back-'));
  let count = 0;
  const tell: ReadBack['tell'] = async (tool, pdf, ...options) => {
    count += 1;
    const file = join(folder, `${count}.pdf`);
    await writeFile(file, pdf);
    const { stdout } = await run(
      tool,
      options.includes('FILE') ? options.map((one) => (one === 'FILE' ? file : one)) : [...options, file],
      {
        maxBuffer: 64 * 1_024 * 1_024,
      },
    );
    return stdout;
  };
  return {
    tell,
    pictures: async (pdf, dotsPerInch) => {
      const pages = await mkdtemp(join(folder, 'pages-'));
      await tell('pdftoppm', pdf, '-r', dotsPerInch, '-png', 'FILE', join(pages, 'page'));
      const names = (await readdir(pages)).sort();
      return Promise.all(names.map((name) => readFile(join(pages, name))));
    },
    wordsOf: async (pdf, ...options) => {
      const words = await tell('pdftotext', pdf, ...options, 'FILE', '-');
      return words.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').replace(/ +/g, ' ');
    },
    missing: async (...tools) => {
      const found = await Promise.all(
        tools.map((tool) =>
          run(tool, ['-v']).then(
            () => true,
            (error: unknown) => (error as NodeJS.ErrnoException).code !== 'ENOENT',
          ),
        ),
      );
      return tools.filter((_, index) => !found[index]);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
