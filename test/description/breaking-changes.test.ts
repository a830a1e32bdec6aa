import { describe, expect, it } from '#jest';
import { breakingChanges } from './breaking-changes.ts';
import { DESCRIPTION } from './description.ts';
import type { Description } from './description.ts';

type Change = (was: unknown) => unknown;

/** The description of today, changed at one place: names with blanks between them. `undefined` removes it. */
function changed(place: string, change: Change): Description {
  const copy = structuredClone(DESCRIPTION);
  const names = place.split(' ');
  const last = names.pop() ?? '';
  const parent = names.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], copy);
  const fields = parent as Record<string, unknown>;
  fields[last] = change(fields[last]);
  if (fields[last] === undefined) Reflect.deleteProperty(fields, last);
  return copy;
}

const gone: Change = () => undefined;
const without =
  (name: string): Change =>
  (list) =>
    (list as unknown[]).filter((one) => one !== name);
const withOne =
  (more: string): Change =>
  (list) => [...(list as unknown[]), more];
const withField: Change = (fields) => ({ ...(fields as object), more: { type: 'string' } });
const be =
  (value: unknown): Change =>
  () =>
    value;

const ASKED = 'components schemas NewPayment';
const SHOWN = 'components schemas Payment';
const LISTING = 'paths /v1/payments get';

describe('a break is', () => {
  it.each<[string, string, Change, RegExp]>([
    ['an operation that is gone', LISTING, gone, /GET \/v1\/payments is gone/],
    ['a success that is gone', 'paths /v1/payments post responses 201', gone, /201 is gone/],
    ['a field that requests must have', `${ASKED} required`, withOne('subject'), /subject is required now/],
    ['a field that requests may not have', `${ASKED} properties subject`, gone, /subject is gone/],
    ['a value that is taken no more', `${ASKED} properties currency enum`, without('AUD'), /"AUD" no more/],
    ['a tighter limit', `${ASKED} properties description maxLength`, be(100), /tighter maxLength/],
    ['a parameter that is gone', `${LISTING} parameters`, be([]), /query paidTo is gone/],
    ['a field that answers lack', `${SHOWN} properties paid`, gone, /201\/paid is gone/],
    ['a field that answers may lack', `${SHOWN} required`, without('id'), /201\/id may be missing now/],
    ['another type', `${SHOWN} properties paid type`, be('string'), /was "boolean" and is "string"/],
    [
      'a field that may be null now',
      `${SHOWN} properties paid`,
      be({ anyOf: [{ type: 'boolean' }, { type: 'null' }] }),
      /may be null now/,
    ],
    ['an event that is gone', 'webhooks payment.completed', gone, /event payment.completed is gone/],
  ])('%s', (_what, place, change, sentence) => {
    expect(breakingChanges(DESCRIPTION, changed(place, change)).join('\n')).toMatch(sentence);
  });
});

describe('no break is', () => {
  it.each<[string, string, Change]>([
    ['nothing', 'info version', (version) => version],
    ['a new operation', 'paths', (paths) => ({ ...(paths as object), '/v1/more': {} })],
    ['a field that requests may have', `${ASKED} properties`, withField],
    ['a field that answers have', `${SHOWN} properties`, withField],
    ['a wider limit', `${ASKED} properties description maxLength`, be(1_000)],
    ['a new value in answers', `${SHOWN} properties status enum`, withOne('frozen')],
  ])('%s', (_what, place, change) => {
    expect(breakingChanges(DESCRIPTION, changed(place, change))).toEqual([]);
  });
});
