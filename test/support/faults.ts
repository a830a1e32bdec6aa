import { control, eventually } from '../api/rig.ts';

/** An account at a simulated vendor: faults are set for one, so that tests that run side by side do not meet. */
export interface VendorAccount {
  readonly vendor: string;
  /** The id or key by which the sandbox knows the account (`Vendor.accountsOf`). */
  readonly account: string;
}

interface Fault {
  readonly operation: string;
  readonly fault: string;
  /** How many calls go wrong; default 1. */
  readonly times?: number;
  /** How long a slow answer takes, or a call that is never answered hangs. */
  readonly delayMs?: number;
}

/** Short, since nobody should wait; all real deadlines are longer. The engine sees a connection that broke without an answer. */
const HANG_MS = 300;

/** The next calls of that operation on this account go wrong. */
export async function arm({ vendor, account }: VendorAccount, fault: Fault): Promise<void> {
  const hang = fault.fault.startsWith('timeout') ? { delayMs: HANG_MS } : {};
  const armed = await control('POST', 'faults', { provider: vendor, account, ...hang, ...fault });
  if (armed.status !== 200) throw new Error(`faults: ${armed.bytes.toString()}`);
}

/** Ends the faults of the account, also those that calls are meeting now. */
export async function clearFaults({ account }: VendorAccount): Promise<void> {
  await control('DELETE', `faults?account=${encodeURIComponent(account)}`);
}

/** The faults of the account that no call has met yet. */
export const listFaults = async ({
  account,
}: VendorAccount): Promise<readonly { readonly times: number }[]> =>
  (await control<{ times: number }[]>('GET', `faults?account=${encodeURIComponent(account)}`)).json;

/** Waits until every fault of the account has met its call. */
export async function untilTaken(at: VendorAccount): Promise<void> {
  await eventually(`the call of ${at.vendor} that was to fail`, async () =>
    (await listFaults(at)).length === 0 ? true : null,
  );
}
