import { describe, expect, it } from '#jest';
import { paturCeiling, stepsReached } from './patur-ceiling.ts';

describe('the ceiling of an osek patur', () => {
  it('is that of the year', () => {
    expect(paturCeiling(2025)).toEqual({ amount: 12_000_000, ofYear: 2025 });
    expect(paturCeiling(2026)).toEqual({ amount: 12_283_300, ofYear: 2026 });
  });

  it('is the latest known one in a later year and says so; before the first known year there is none', () => {
    expect(paturCeiling(2031)).toEqual({ amount: 12_283_300, ofYear: 2026 });
    expect(paturCeiling(2023)).toBeNull();
  });

  it('is reached to the agora at 80 and at 100 percent', () => {
    expect(stepsReached(9_826_639, 12_283_300)).toEqual([]);
    expect(stepsReached(9_826_640, 12_283_300)).toEqual([80]);
    expect(stepsReached(12_283_299, 12_283_300)).toEqual([80]);
    expect(stepsReached(12_283_300, 12_283_300)).toEqual([80, 100]);
  });
});
