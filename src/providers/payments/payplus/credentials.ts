import { z } from 'zod';

/** Header values and a query value: visible ASCII, or the call could not even be sent. */
const visible = (field: string, where: string) =>
  z
    .string({ error: `${field} is missing: copy it from PayPlus, ${where}` })
    .regex(
      /^[\x21-\x7e]{1,200}$/,
      `${field} must be 1 to 200 visible characters without spaces, as PayPlus shows it`,
    );

/** The keys of an account (`secretKey` also signs callbacks), and the payment page that our pages follow. */
export const CREDENTIALS = z.strictObject(
  {
    apiKey: visible('apiKey', 'settings, API permissions'),
    secretKey: visible('secretKey', 'settings, API permissions'),
    paymentPageUid: visible('paymentPageUid', 'payment pages, the id of the page'),
  },
  { error: 'credentials must be an object of exactly apiKey, secretKey and paymentPageUid' },
);
export type PayplusCredentials = Readonly<z.infer<typeof CREDENTIALS>>;
