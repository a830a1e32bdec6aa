import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '#jest';

const ROOT = new URL('../../', import.meta.url).pathname;
const FIXTURES = globSync(['src/providers/*/*/fixtures/**/*.*', 'test/workflows/histories/*.*'], {
  cwd: ROOT,
});

/** Names of fields whose value opens something. */
const SECRET_NAME = /(secret|password|authorization|api_?-?key|token|cvv|signature)/i;
/** What vendors' keys look like. */
const KEYS = /\b([sr]k_(live|test)_\w{16,}|whsec_\w{16,}|ey[\w-]{20,}\.[\w-]{20,}\.)/;
const ADDRESS = /[\w.+-]+@([\w-]+\.)+[a-z]{2,}/gi;
/** Random digits, of which one in ten passes for a card's. */
const UUID = /\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/gi;
const CARD = /\b\d(?:[ -]?\d){12,18}\b/g;

/** Whether digits could be a card's number. */
function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '').split('').toReversed().map(Number);
  const sum = digits.reduce((all, digit, at) => {
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    return all + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

/** What a fixture must not hold, each by why. */
function faultsOf(text: string): string[] {
  const faults: string[] = [];
  const named: unknown = JSON.parse(text, (name, value: unknown) => {
    const isFilled = typeof value === 'string' && value !== '' && !/^(invented|example)/i.test(value);
    if (isFilled && SECRET_NAME.test(name)) faults.push(`${name} is filled`);
    return value;
  });
  if (named === undefined) faults.push('it is no JSON');
  if (KEYS.test(text)) faults.push('it holds a key');
  const addresses =
    text.match(ADDRESS)?.filter((address) => !/@(.+\.)?example(\.\w+)?$/i.test(address)) ?? [];
  const cards = text.replace(UUID, '').match(CARD)?.filter(isCard) ?? [];
  return [...faults, ...addresses, ...cards];
}

describe('recorded bodies', () => {
  it('are there', () => expect(FIXTURES.length).toBeGreaterThan(10));

  it.each(FIXTURES)('%s holds no secret, no card and nobody’s address', (path) => {
    expect(faultsOf(readFileSync(ROOT + path, 'utf8'))).toEqual([]);
  });

  it.each([
    ['a filled secret', '{"secret_key":"abc"}'],
    ['a key of a vendor', '{"note":"sk_live_abcdefghijklmnopqr"}'],
    ['somebody’s address', '{"email":"dana@hospital.org.il"}'],
    ['a card', '{"pan":"4580 4580 4580 4580"}'],
  ])('with %s would be noticed', (_what, text) => expect(faultsOf(text)).toHaveLength(1));
});
