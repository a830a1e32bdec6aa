import { describe, expect, it } from '#jest';
import { readCommandLine } from './command-line.ts';

describe('the command line', () => {
  it('takes one payment with PayPlus and stays, unless told otherwise', () => {
    expect(readCommandLine(['demo'])).toEqual({
      command: 'demo',
      isOnce: false,
      isFresh: false,
      provider: 'payplus',
    });
    expect(readCommandLine(['demo', '--once', '--fresh', '--provider', 'grow'])).toEqual({
      command: 'demo',
      isOnce: true,
      isFresh: true,
      provider: 'grow',
    });
  });

  it('asks for help before anything else', () => {
    expect(readCommandLine(['demo', '--help', '--provider', 'nobody'])).toEqual({ command: 'help' });
    expect(readCommandLine(['-h'])).toEqual({ command: 'help' });
  });

  it('names the file of a stored webhook', () => {
    expect(readCommandLine(['replay-webhook', 'row.json'])).toEqual({
      command: 'replay-webhook',
      file: 'row.json',
    });
  });

  it.each([
    [[], 'demo, dev or replay-webhook'],
    [['replay-webhook'], 'takes one FILE'],
    [['demo', 'again'], '"demo again"'],
    [['demo', '--provider', 'toString'], 'not "toString"'],
    [['dev', '--once'], '--once belongs to demo'],
    [['demo', '--onec'], '--onec'],
  ])('refuses %j with a sentence that names what is wrong', (args, sentence) => {
    expect(() => readCommandLine(args)).toThrow(sentence);
  });
});
