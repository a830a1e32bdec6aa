import { describe, expect, it } from '#jest';
import { customerKey } from './customer-key.ts';

const dana = { name: 'דנה כהן', taxId: null, phone: '050-1234567' };

describe('the key of a customer', () => {
  it('is the tax id where there is one', () => {
    expect(customerKey({ ...dana, taxId: '514713288' })).toBe('514713288');
  });

  it('is the same however name and phone are spaced, and another for another person', () => {
    expect(customerKey({ ...dana, name: ' דנה  כהן', phone: '0501234567' })).toBe(customerKey(dana));
    expect(customerKey(dana)).toMatch(/^C[0-9A-F]{14}$/);
    const others = [
      { ...dana, name: 'דנה לוי' },
      { ...dana, phone: null },
      { ...dana, taxId: 'A passport of 16' },
    ];
    expect(new Set([dana, ...others].map(customerKey)).size).toBe(4);
  });

  it('is shared by those of whom nothing is known', () => {
    expect(customerKey({ name: 'לקוח מזדמן', taxId: null, phone: null })).toBe('CASUAL');
    expect(customerKey({ name: 'לקוח מזדמן', taxId: null, phone: '050' })).not.toBe('CASUAL');
  });
});
