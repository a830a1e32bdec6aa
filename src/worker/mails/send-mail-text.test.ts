import { describe, expect, it } from '#jest';
import { toMailText } from './send-mail-text.ts';
import type { MailFacts } from './send-mail-text.ts';

const RECEIPT: MailFacts = {
  theme: 'original',
  locale: 'he',
  isTest: false,
  business: 'Noga Studio Ltd.',
  amount: '₪350.00',
  day: '05/01/2026',
  document: 'קבלה R-17',
  link: null,
};
const REQUEST: MailFacts = {
  ...RECEIPT,
  theme: 'request',
  document: null,
  link: 'https://pay.test/pay/tok_en-1?a=1&b=2',
};

const plain = (text: string): string => text.replace(/[\u2068\u2069]/g, '');

describe('a mail in Hebrew', () => {
  it('reads from right to left, whatever a program makes of the page around it', () => {
    const { html } = toMailText(RECEIPT);
    expect(html).toContain('<html lang="he" dir="rtl">');
    expect(html).toMatch(/<div\s+lang="he"\s+dir="rtl"/);
  });

  it('sets every value apart from the words around it', () => {
    const { subject, text, html } = toMailText(RECEIPT);
    expect(subject).toBe('\u2068קבלה R-17\u2069 מאת \u2068Noga Studio Ltd.\u2069 · \u2068₪350.00\u2069');
    expect(text).toContain('מאת \u2068Noga Studio Ltd.\u2069, מיום \u206805/01/2026\u2069.');
    expect(html).toContain('<bdi dir="ltr">Noga Studio Ltd.</bdi>');
    expect(html).toContain('<bdi dir="ltr" class="figure">₪350.00</bdi>');
  });
});

describe('a mail in English', () => {
  it('reads from left to right', () => {
    const { subject, html } = toMailText({ ...REQUEST, locale: 'en', day: '5 January 2026' });
    expect(plain(subject)).toBe('Payment request from Noga Studio Ltd. · ₪350.00');
    expect(html).toContain('<html lang="en" dir="ltr">');
  });
});

describe('a payment request', () => {
  it('leads to the payment’s own address, alone on its line and behind the button', () => {
    const { text, html } = toMailText(REQUEST);
    expect(text.split('\n')).toContain(REQUEST.link);
    expect(html).toContain('href="https://pay.test/pay/tok_en-1?a=1&amp;b=2"');
  });

  it('is told from its reminder by the first word', () => {
    expect(plain(toMailText({ ...REQUEST, theme: 'reminder' }).subject)).toMatch(/^תזכורת: /);
    expect(plain(toMailText(REQUEST).subject)).toMatch(/^בקשת תשלום /);
  });
});

describe('a document', () => {
  it('comes without a link, and a copy says that it is one', () => {
    expect(toMailText(RECEIPT).html).not.toContain('href');
    expect(plain(toMailText({ ...RECEIPT, theme: 'copy' }).subject)).toMatch(/^העתק: קבלה R-17 /);
  });

  it('of a test workspace says so first', () => {
    expect(toMailText({ ...RECEIPT, isTest: true }).subject).toMatch(/^\[בדיקה\] /);
  });
});

describe('the month of the accountant', () => {
  const MONTH: MailFacts = {
    ...{ ...RECEIPT, theme: 'month', amount: null, document: null, month: '11/2026' },
    address: 'https://pay.test/v1/exports/exp_1/file',
  };

  it('names the business and the month, and asks for no money', () => {
    const { subject, text, html } = toMailText(MONTH);
    expect(plain(subject)).toBe('תיק לרואה החשבון: Noga Studio Ltd. · 11/2026');
    expect(plain(text)).toContain('מצורף התיק של Noga Studio Ltd. לחודש 11/2026');
    expect(text).not.toMatch(/סכום|exp_1/);
    expect(html).not.toMatch(/סכום:|href|exp_1/);
  });

  it.each(['he', 'en'] as const)(
    'says where the file lies until when, if it is not in the mail, in %s',
    (locale) => {
      const { text, html } = toMailText({ ...MONTH, locale, theme: 'month_apart' });
      for (const part of [MONTH.address ?? '', MONTH.day]) {
        expect(plain(text)).toContain(part);
        expect(html).toContain(part);
      }
      // Nobody gets it by a click: it asks for a key.
      expect(html).not.toContain('href');
    },
  );
});

describe('a value that is markup', () => {
  const TRICK = '"><iframe src=file:///etc/passwd></iframe>{amount}';

  it.each(['business', 'amount', 'day', 'document', 'link'] as const)('in %s stays text', (field) => {
    for (const theme of ['original', 'copy', 'request', 'reminder'] as const) {
      for (const locale of ['he', 'en'] as const) {
        const { html } = toMailText({ ...REQUEST, document: 'R-1', theme, locale, [field]: TRICK });
        expect(html).not.toContain('<iframe');
        expect(html.match(/<(?!!)/g)?.length).toBe(
          toMailText({ ...REQUEST, document: 'R-1', theme, locale }).html.match(/<(?!!)/g)?.length,
        );
      }
    }
  });

  it('that names a place is not filled in', () => {
    expect(plain(toMailText({ ...REQUEST, business: '{amount}' }).subject)).toContain('{amount}');
  });
});
