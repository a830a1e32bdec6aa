import { PAYMENT_PROVIDERS } from '../../src/providers/payments/index.ts';
import type { PaymentProviderName } from '../../src/providers/payments/index.ts';
import type { PaymentSubject } from './payment-subject.ts';

/** A provider, or one in its other habit (`sandbox/habits.ts`): every case of the suite runs for each. */
export type SubjectName = PaymentProviderName | `${PaymentProviderName}+other`;

/** What a file of `payment-subjects/` exports. */
interface SubjectFile {
  readonly subject: PaymentSubject;
  /** The same vendor's simulator in its other habit, if it has one. */
  readonly otherHabit?: PaymentSubject;
}

/** The subjects of a provider, from the file that has its name. Throws where the registry names one without a file. */
async function loadSubjects(name: string): Promise<[string, PaymentSubject][]> {
  const { subject, otherHabit } = (await import(`./payment-subjects/${name}.ts`)) as SubjectFile;
  return [
    [name, subject],
    ...(otherHabit === undefined ? [] : [[`${name}+other`, otherHabit] as [string, PaymentSubject]]),
  ];
}

const subjects = await Promise.all(Object.keys(PAYMENT_PROVIDERS).map(loadSubjects));

/** Every subject of `SUBJECT_NAMES`. */
export const PAYMENT_SUBJECTS = Object.fromEntries(subjects.flat()) as Readonly<
  Record<SubjectName, PaymentSubject>
>;

export const SUBJECT_NAMES = Object.keys(PAYMENT_SUBJECTS) as SubjectName[];

/** The provider whose subject this is. */
export const providerOf = (name: SubjectName): PaymentProviderName =>
  name.replace('+other', '') as PaymentProviderName;

export const faceOf = (name: SubjectName) => PAYMENT_PROVIDERS[providerOf(name)];
