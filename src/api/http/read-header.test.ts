import { describe, expect, it } from '#jest';
import { Problem } from '../../domain/problems.ts';
import { singleHeader, spokenHeader } from './read-header.ts';

const request = (...values: string[]) => ({ headersDistinct: { 'tashlum-actor': values } });
/** The form in which Node delivers what was sent. */
const sent = (text: string): string => Buffer.from(text).toString('latin1');

function refusalOf(run: () => unknown): string | null {
  try {
    run();
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

describe('a header that may come once', () => {
  it('has its value, or none', () => {
    expect(singleHeader(request('a'), 'Tashlum-Actor')).toBe('a');
    expect(singleHeader({ headersDistinct: {} }, 'Tashlum-Actor')).toBeNull();
  });

  it('is refused where it comes twice, though both say the same', () => {
    expect(refusalOf(() => singleHeader(request('a', 'a'), 'Tashlum-Actor'))).toBe('header_invalid');
    expect(refusalOf(() => singleHeader(request('a', 'b'), 'Tashlum-Actor', 'idempotency_key_invalid'))).toBe(
      'idempotency_key_invalid',
    );
  });
});

describe('a header with words', () => {
  it.each(['dana', 'דנה לוי', 'René', '👩‍⚕️'])('%s is read as it was written', (text) => {
    expect(spokenHeader(request(sent(text)), 'Tashlum-Actor')).toBe(text);
  });

  it('says nothing where it is empty', () => {
    expect(spokenHeader(request('  '), 'Tashlum-Actor')).toBeNull();
  });

  it.each([
    ['in another encoding', 'Ren\u00e9'],
    ['of invisible characters', sent('\u200b')],
    ['that turns the direction', sent('a\u202eb')],
    ['that is too long', 'x'.repeat(201)],
  ])('%s is refused and never kept otherwise', (_how, value) => {
    expect(refusalOf(() => spokenHeader(request(value), 'Tashlum-Actor'))).toBe('header_invalid');
  });
});
