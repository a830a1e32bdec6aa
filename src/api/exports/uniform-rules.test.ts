import { describe, expect, it } from '#jest';
import { checkUniformRun } from './uniform-rules.ts';

const refusal = (isMakerKnown: boolean, from: string): unknown => {
  try {
    checkUniformRun({ isMakerKnown }, { timeZone: 'Asia/Jerusalem' }, { from });
    return null;
  } catch (error) {
    return (error as { fields?: unknown }).fields;
  }
};

describe('a run of the uniform structure', () => {
  it('is refused while nobody said who made the program', () => {
    const detail = expect.stringContaining('SOFTWARE_MAKER_TAX_ID');
    expect(refusal(false, '2025-01-01')).toEqual([expect.objectContaining({ pointer: '#/kind', detail })]);
    expect(refusal(true, '2025-01-01')).toBeNull();
  });

  it('is refused for days to come', () => {
    expect(refusal(true, '2999-01-01')).toEqual([expect.objectContaining({ pointer: '#/from' })]);
  });
});
