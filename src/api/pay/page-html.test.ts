import { createHash } from 'node:crypto';
import { describe, expect, it } from '#jest';
import { toPageHtml, toSumText } from './page-html.ts';
import type { PayerPage } from './page-html.ts';
import { PAGES } from './page-kinds.ts';
import type { PageKind } from './page-kinds.ts';
import { PAGE_POLICY } from './page-style.ts';

const face = {
  hasLogo: false,
  business: 'Clinic <b>"1" & \'2\'</b>',
  sum: { amount: 125_000, currency: 'ILS' },
  locale: 'he',
  isTest: false,
} as const;
const show = (change: Partial<PayerPage> = {}) =>
  toPageHtml({ kind: 'paid', face, linkUrl: null, button: null, refreshSeconds: null, ...change });

describe('a page for payers', () => {
  it('escapes every text that is not its own', () => {
    const page = show({ kind: 'not_paid', linkUrl: 'https://pay.example/pay/a"b', button: 'pay' });
    expect(page).toContain('Clinic &lt;b&gt;&quot;1&quot; &amp; &#39;2&#39;&lt;/b&gt;');
    expect(page).not.toContain('<b>"1"');
    expect(page).toContain('href="https://pay.example/pay/a&quot;b"');
  });

  it.each(Object.keys(PAGES) as PageKind[])('says %s in both languages and runs no script', (kind) => {
    const page = show({ kind });
    for (const words of [PAGES[kind].he, PAGES[kind].en]) {
      expect(page).toContain(words.title);
      expect(page).toContain(words.text);
    }
    expect(page).not.toMatch(/<script|\son[a-z]+=|javascript:|\sstyle=/i);
  });

  it('speaks the payer’s language first', () => {
    expect(show()).toMatch(/^<!doctype html>\s*<html lang="he" dir="rtl">[\s\S]*lang="en" dir="ltr"/);
    expect(show({ face: { ...face, locale: 'en' } })).toMatch(
      /^<!doctype html>\s*<html lang="en" dir="ltr">[\s\S]*lang="he" dir="rtl"/,
    );
    expect(show({ face: null })).toMatch(/<html lang="he" dir="rtl">/);
  });

  it('calls the sum paid only where it is', () => {
    expect(show()).toMatch(/Paid[\s\S]*₪1,250\.00/);
    expect(show({ kind: 'in_review' })).not.toMatch(/Paid|To pay/);
    expect(show({ kind: 'not_paid' })).toMatch(/To pay/);
  });

  it('loads itself again only where told to, and says when the money is play money', () => {
    expect(show({ kind: 'one_moment', refreshSeconds: 3 })).toMatch(/http-equiv="refresh" content="3"/);
    expect(show()).not.toMatch(/http-equiv="refresh"|Test mode/);
    expect(show({ face: { ...face, isTest: true } })).toMatch(/Test mode/);
  });

  it('has the one style sheet that its policy names', () => {
    const style = /<style>([\s\S]*)<\/style>/.exec(show())?.[1] ?? '';
    expect(PAGE_POLICY).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`);
    expect(PAGE_POLICY).toContain("default-src 'none'");
  });
});

describe('a sum on a page', () => {
  it('is exact to the last agora', () => {
    expect(toSumText({ amount: Number.MAX_SAFE_INTEGER, currency: 'ILS' })).toBe('₪90,071,992,547,409.91');
    expect(toSumText({ amount: 7, currency: 'CAD' })).toBe('CA$0.07');
  });
});
