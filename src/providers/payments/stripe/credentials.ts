import { z } from 'zod';

/** Header values: visible ASCII, or the call could not even be sent. */
const visible = (field: string, where: string) =>
  z
    .string({ error: `${field} is missing: copy it from Stripe, ${where}` })
    .regex(
      /^[\x21-\x7e]{1,300}$/,
      `${field} must be 1 to 300 visible characters without spaces, as Stripe shows it`,
    );

/**
 * The key of an account: `sk_…`, or a restricted `rk_…` with the rights that the README names. And the signing secret of
 * its webhook endpoint, absent until `enrolWebhooks` made the endpoint.
 */
export const CREDENTIALS = z.strictObject(
  {
    secretKey: visible('secretKey', 'Developers, API keys').refine(
      (key) => !/^(pk|whsec)_/.test(key),
      'secretKey must be the secret key (sk_…) or a restricted one (rk_…), not the publishable key or a webhook secret',
    ),
    webhookSecret: visible('webhookSecret', 'the webhook endpoint, signing secret').optional(),
  },
  {
    error: 'credentials must be an object of secretKey and, if you made the endpoint yourself, webhookSecret',
  },
);
export type StripeCredentials = Readonly<z.infer<typeof CREDENTIALS>>;
