import type { PaymentProvider } from '../../src/providers/payments/payment-provider.ts';
import { AMOUNT, openCharge } from './payment-charge.ts';
import { toQuery } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { PAYMENT_SUBJECTS } from './payment-subjects.ts';
import type { SubjectName } from './payment-subjects.ts';

/** A verb that calls the vendor, made ready to be tried while things go wrong. */
export interface CallingVerb {
  /** The call that it cannot do without, as the sandbox names it. */
  readonly operation: string;
  /** Makes at the vendor what must be there before. */
  prepare(rig: PaymentRig, name: SubjectName): Promise<(provider: PaymentProvider) => unknown>;
  /** Tried with credentials that lack what the verb brings. */
  readonly isBare?: true;
}

/** Credentials without the fields that they may lack. */
export function bare(name: SubjectName): Readonly<Record<string, string>> {
  const { credentials, optionalFields } = PAYMENT_SUBJECTS[name];
  return Object.fromEntries(Object.entries(credentials).filter(([field]) => !optionalFields.includes(field)));
}

const openPage = (rig: PaymentRig, name: SubjectName) => rig.provider(name).createPage(rig.order());

async function drain(list: AsyncIterable<unknown> | undefined): Promise<void> {
  for await (const _one of list ?? []) continue;
}

/** Every verb of the contract but `readWebhook`, which calls nobody. */
export const CALLING_VERBS: Readonly<Record<Exclude<keyof PaymentProvider, 'readWebhook'>, CallingVerb>> = {
  createPage: {
    operation: 'create_link',
    prepare: (rig) => Promise.resolve((provider) => provider.createPage(rig.order())),
  },
  findPayment: {
    operation: 'find_payment',
    async prepare(rig, name) {
      const query = toQuery(rig.order().paymentId, await openPage(rig, name));
      return (provider) => provider.findPayment(query);
    },
  },
  checkCredentials: {
    operation: 'credentials',
    prepare: () => Promise.resolve((provider) => provider.checkCredentials()),
  },
  closePage: {
    operation: 'cancel_link',
    async prepare(rig, name) {
      const page = await openPage(rig, name);
      return (provider) => provider.closePage?.(page);
    },
  },
  refund: {
    operation: 'refund',
    async prepare(rig, name) {
      const order = (await openCharge(rig, name)).toRefund(AMOUNT);
      return (provider) => provider.refund?.(order);
    },
  },
  acknowledge: {
    operation: 'acknowledge',
    async prepare(rig, name) {
      const { charge, page } = await openCharge(rig, name);
      return (provider) => provider.acknowledge?.({ ...charge, page });
    },
  },
  listPayments: {
    operation: 'find_payment',
    prepare: () =>
      Promise.resolve((provider) => drain(provider.listPayments?.({ from: new Date(0), until: new Date() }))),
  },
  listDisputes: {
    operation: 'find_payment',
    prepare: () =>
      Promise.resolve((provider) => drain(provider.listDisputes?.({ from: new Date(0), until: new Date() }))),
  },
  enrolWebhooks: {
    operation: 'credentials',
    isBare: true,
    prepare: (rig) => Promise.resolve((provider) => provider.enrolWebhooks?.(`${rig.receiver.url}?more`)),
  },
};
