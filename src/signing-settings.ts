import { z } from 'zod';

/** What signs documents, and who stamps the signatures. */
export interface SigningSettings {
  /** The folder of signing certificates. */
  readonly folder: string;
  /** The legal grade of their signatures. */
  readonly grade: 'secured' | 'certified';
  /** The time-stamp authority (RFC 3161); null: signatures bear no time stamp. */
  readonly timeStamp: {
    readonly url: string;
    /** The policy that every stamp must have, in dots; null: the authority's own. */
    readonly policy: string | null;
    /** "user:password" for HTTP Basic. */
    readonly credentials: string | null;
  } | null;
}

/** Variables of the environment; `config.ts` reads them with the others. */
export const SIGNING_VARIABLES = {
  SIGNING_DIR: z.string().optional(),
  SIGNING_GRADE: z
    .enum(['secured', 'certified'], {
      error: 'must be secured, or certified if a registered authority issued every certificate',
    })
    .default('secured'),
  SIGNING_TSA_URL: z
    .url({ protocol: /^https?$/, error: 'must be the http(s) address of a time-stamp authority (RFC 3161)' })
    .refine((text) => !/[#@]/.test(text), 'must have no user name or password: see SIGNING_TSA_CREDENTIALS')
    .optional(),
  SIGNING_TSA_POLICY: z
    .string()
    .regex(
      /^[0-2](\.(0|[1-9]\d*))+$/,
      'must be an object identifier in dots, as the authority tells it: 1.2.3.4',
    )
    .optional(),
  SIGNING_TSA_CREDENTIALS: z
    .string()
    .regex(/^[^:\s]+:\S+$/, 'must be "user:password"')
    .optional(),
};
type Given = z.infer<z.ZodObject<typeof SIGNING_VARIABLES>>;

/** What does not fit together, a sentence each. */
export function signingFaults(given: Given): string[] {
  const { SIGNING_DIR: folder, SIGNING_TSA_URL: url, SIGNING_TSA_CREDENTIALS: credentials } = given;
  const isAlone = url === undefined && (credentials ?? given.SIGNING_TSA_POLICY) !== undefined;
  return [
    url !== undefined && folder === undefined
      ? ['SIGNING_TSA_URL stamps signatures, and nothing is signed without SIGNING_DIR: set it too']
      : [],
    isAlone ? ['SIGNING_TSA_URL is missing: SIGNING_TSA_POLICY and SIGNING_TSA_CREDENTIALS are for it'] : [],
    credentials !== undefined && url?.startsWith('http:') === true
      ? ['SIGNING_TSA_URL must be https where SIGNING_TSA_CREDENTIALS go with it: anybody could read them']
      : [],
  ].flat();
}

/** The settings of signatures; null if nothing is signed. */
export function toSigning(given: Given): SigningSettings | null {
  const { SIGNING_DIR: folder, SIGNING_GRADE: grade, SIGNING_TSA_URL: url } = given;
  if (folder === undefined) return null;
  const { SIGNING_TSA_POLICY: policy = null, SIGNING_TSA_CREDENTIALS: credentials = null } = given;
  return { folder, grade, timeStamp: url === undefined ? null : { url, policy, credentials } };
}
