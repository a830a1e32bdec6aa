import { createTypesetter } from '../../typesetter.ts';
import type { Typesetter } from '../../typesetter.ts';
import { html } from '../../markup.ts';
import type { Markup } from '../../markup.ts';
import type { Locale } from '../../domain/workspace.ts';
import { FRAME, WORDS } from './send-mail-words.ts';
import type { MailTheme } from './send-mail-words.ts';

/** The content of a mail. Texts are shown as they are. It never says what the payment is for. */
export interface MailFacts {
  readonly theme: MailTheme;
  readonly locale: Locale;
  readonly isTest: boolean;
  readonly business: string;
  /** As people write it: ₪350.00; null in mails to accountants. */
  readonly amount: string | null;
  /** The day of the document, or the last day of the link or file, as people write it. */
  readonly day: string;
  /** Title and number of a document; null in mails without one. */
  readonly document: string | null;
  /** The payment link; null in mails with a document. */
  readonly link: string | null;
  /** In mails to accountants: the month, as people write it, and the address of its file for who has a key. */
  readonly month?: string;
  readonly address?: string;
}

/** A mail as text and as HTML. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Places for figures, which read from left to right; the others hold words of any language. */
const FIGURES = ['amount', 'day', 'month', 'address'];
const PLACE = /\{(\w+)\}/;

/**
 * A mail in the language of the payer, right to left in Hebrew. Each value is isolated, so that it does not disturb
 * the words around it.
 */
export function toMailText(facts: MailFacts): MailText {
  const words = WORDS[facts.locale][facts.theme];
  const frame = FRAME[facts.locale];
  const setter = createTypesetter(facts.locale === 'he' ? 'rtl' : 'ltr');
  const subject = `${facts.isTest ? `[${frame.test}] ` : ''}${fill(words.subject, facts, setter)}`;
  const [first = '', ...more] = words.lines.map((line) => fill(line, facts, setter));
  const sum = facts.amount === null ? [] : [`${frame.amount}: ${setter.isolated(facts.amount)}`];
  const paragraphs = [first, ...sum, ...(facts.link === null ? [] : [facts.link]), ...more, frame.automatic];
  return { subject, text: `${paragraphs.join('\n\n')}\n`, html: toHtml(facts, subject, setter) };
}

/** Plain text: marks around a value isolate its direction. */
function fill(pattern: string, facts: MailFacts, { isolated }: Typesetter): string {
  return pattern.replace(new RegExp(PLACE, 'g'), (_place, name: string) => isolated(valueOf(name, facts)));
}

function valueOf(name: string, facts: MailFacts): string {
  const { business, amount, day, document, month, address } = facts;
  const values: Record<string, string | null | undefined> = {
    business,
    amount,
    day,
    document,
    month,
    address,
  };
  return values[name] ?? '';
}

/** Mail programs drop style sheets and the direction of the page, so each part has its own. */
const STYLE = {
  body: 'margin:0;padding:24px 12px;background:#f3f5f6',
  card: 'max-width:460px;margin:0 auto;padding:28px 24px;background:#ffffff;border:1px solid #e3e7ea;border-radius:16px;color:#14181c;font:400 16px/1.5 Arial,Helvetica,sans-serif',
  business: 'margin:0 0 16px;color:#56626c;font-size:14px;font-weight:bold',
  title: 'margin:0 0 12px;font-size:22px;line-height:1.3',
  text: 'margin:0 0 16px;overflow-wrap:anywhere',
  sum: 'margin:0 0 20px;padding:12px 16px;background:#f3f5f6;border-radius:12px;font-size:18px',
  button:
    'display:inline-block;padding:13px 28px;background:#0f5c66;border-radius:12px;color:#ffffff;font-size:17px;font-weight:bold;text-decoration:none',
  small: 'margin:20px 0 0;color:#56626c;font-size:13px',
} as const;

function toHtml(facts: MailFacts, subject: string, setter: Typesetter): string {
  const { locale, link, amount } = facts;
  const words = WORDS[locale][facts.theme];
  const frame = FRAME[locale];
  const [first = '', ...more] = words.lines.map((line) => set(line, facts, setter));
  return html`<!doctype html>
    <html lang="${locale}" dir="${setter.direction}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${subject}</title>
      </head>
      <body style="${STYLE.body}">
        <div lang="${locale}" dir="${setter.direction}" style="${STYLE.card}">
          ${facts.isTest ? html`<p style="${STYLE.business}">${setter.text(frame.test)}</p>` : null}
          <p style="${STYLE.business}">${setter.text(facts.business)}</p>
          <h1 style="${STYLE.title}">${set(words.title, facts, setter)}</h1>
          <p style="${STYLE.text}">${first}</p>
          ${amount === null ? null : html`<p style="${STYLE.sum}">${setter.text(`${frame.amount}:`)} <b>${setter.figure(amount)}</b></p>`}
          ${link === null ? null : html`<p style="${STYLE.text}"><a href="${link}" style="${STYLE.button}">${frame.pay}</a></p>`}
          ${more.map((line) => html`<p style="${STYLE.text}">${line}</p>`)}
          <p style="${STYLE.small}">${frame.automatic}</p>
        </div>
      </body>
    </html> `.markup;
}

/** The same with markup: words as they are, values by the typesetter of documents. */
function set(pattern: string, facts: MailFacts, setter: Typesetter): Markup {
  const pieces = pattern.split(PLACE).map((piece, index): Markup => {
    if (index % 2 === 0) return html`${piece}`;
    const value = valueOf(piece, facts);
    return FIGURES.includes(piece) ? setter.figure(value) : setter.text(value);
  });
  return html`${pieces}`;
}
