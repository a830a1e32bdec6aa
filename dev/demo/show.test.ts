import { describe, expect, it } from '#jest';
import type { EnvironmentInfo } from '../environment-info.ts';
import type { Payment } from 'tashlum/client';
import { showTimeline, showWhatToTry } from './show.ts';

describe('the timeline as shown', () => {
  it('has the time of day and the seconds since the first entry', () => {
    const lines = showTimeline([
      { at: '2026-01-05T10:00:00.100Z', kind: 'payment.created', summary: 'made' },
      { at: '2026-01-05T10:00:01.350Z', kind: 'payment.completed', summary: 'paid' },
    ]);
    expect(lines).toEqual([
      '  10:00:00.100    +0.00 s   payment.created            made',
      '  10:00:01.350    +1.25 s   payment.completed          paid',
    ]);
  });

  it('is empty for a payment to which nothing happened', () => {
    expect(showTimeline([])).toEqual([]);
  });
});

it("names the vendors' side and the file with the admin key, and not the key", () => {
  const info = { apiUrl: 'http://api', sandboxUrl: 'http://sandbox', adminKey: 'secret-key' };
  const open = { id: 'pay_1', link: null } as Payment;
  const text = showWhatToTry(info as EnvironmentInfo, '/state/dev.json', open, true).join('\n');
  expect(text).toContain('http://sandbox/control/checkouts');
  expect(text).toContain('adminKey in /state/dev.json');
  expect(text).not.toContain('secret-key');
});
