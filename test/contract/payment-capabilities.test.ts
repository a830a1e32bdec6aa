import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { acknowledgeCases } from './payment-acknowledge-cases.ts';
import { cancelCases } from './payment-cancel-cases.ts';
import { capabilitiesOf } from './payment-capabilities.ts';
import type { Capability } from './payment-capabilities.ts';
import { enrolmentCases } from './payment-enrolment-cases.ts';
import { disputeListingCases, listingCases } from './payment-listing-cases.ts';
import { refundCases } from './payment-refund-cases.ts';
import { openPaymentRig } from './payment-rig.ts';
import type { PaymentRig } from './payment-rig.ts';
import { PAYMENT_SUBJECTS, SUBJECT_NAMES } from './payment-subjects.ts';
import type { SubjectName } from './payment-subjects.ts';

/** What a provider with the verb promises. A verb that is new in the contract asks for its own here. */
const CASES: Readonly<Record<Capability, (name: SubjectName, rig: () => PaymentRig) => void>> = {
  closePage: cancelCases,
  refund: refundCases,
  acknowledge: acknowledgeCases,
  listPayments: listingCases,
  listDisputes: disputeListingCases,
  enrolWebhooks: enrolmentCases,
};

let rig: PaymentRig;
beforeAll(async () => {
  rig = await openPaymentRig();
});
afterAll(() => rig.close());
afterEach(async () => {
  rig.advance(0);
  rig.receiver.forget();
  await rig.disarm();
});

describe.each(SUBJECT_NAMES)('%s', (name) => {
  const { capabilities } = PAYMENT_SUBJECTS[name];

  it('has exactly the optional verbs whose cases it is held to below', () => {
    expect(capabilitiesOf(rig.provider(name)).toSorted()).toEqual([...capabilities].toSorted());
  });

  for (const capability of capabilities) {
    describe(capability, () => CASES[capability](name, () => rig));
  }
});

it('every optional verb is tried by the cases of some provider', () => {
  const tried = new Set(SUBJECT_NAMES.flatMap((name) => PAYMENT_SUBJECTS[name].capabilities));
  expect([...tried].toSorted()).toEqual(Object.keys(CASES).toSorted());
});
