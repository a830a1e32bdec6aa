import type { Operation, VendorName } from './ledger/records.ts';

/**
 * Faults of a call. Without an effect at the vendor: `status_500, status_429, html, error_in_200, connection_reset,
 * timeout_before_effect`. With an effect, only the answer is bad or late: `timeout_after_effect, slow, empty,
 * half_json`.
 */
export const FAULT_NAMES = [
  'status_500',
  'status_429',
  'slow',
  'timeout_before_effect',
  'timeout_after_effect',
  'html',
  'empty',
  'half_json',
  'error_in_200',
  'connection_reset',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

export interface Fault {
  provider: VendorName;
  operation: Operation;
  /** Only calls of this vendor account are affected; null: calls of every account. See `Vendor.accountsOf`. */
  account: string | null;
  fault: FaultName;
  times: number;
  /** How long a `slow` answer takes; how long a call that is never answered hangs before its connection breaks. */
  delayMs: number | null;
}

const SLOW_MS = 5_000;
/** No client waits longer than this for an answer that never comes. */
const HANG_MS = 600_000;

export type Faults = ReturnType<typeof createFaults>;

/** The active faults. They are not stored: a restarted sandbox has none. */
export function createFaults() {
  let armed: Fault[] = [];
  const waiting = new Set<{ fault: Fault; end: () => void }>();

  return {
    arm(fault: Fault): void {
      armed.push({ ...fault });
    },
    armed: (): readonly Fault[] => armed,
    /** The fault of this call, if any. Each active one applies `times` times, in the order of creation. */
    take(provider: VendorName, operation: Operation | 'unknown', accounts: readonly string[]): Fault | null {
      const fault = armed.find(
        (one) =>
          one.provider === provider &&
          one.operation === operation &&
          (one.account === null || accounts.includes(one.account)),
      );
      if (fault === undefined) return null;
      fault.times -= 1;
      armed = armed.filter((one) => one.times > 0);
      return fault;
    },
    /** Waits as long as the fault says, or until it is cleared. */
    wait(fault: Fault): Promise<void> {
      const usualMs = fault.fault === 'slow' ? SLOW_MS : HANG_MS;
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          waiting.delete(one);
          resolve();
        };
        const timer = setTimeout(end, Math.min(fault.delayMs ?? usualMs, HANG_MS));
        const one = { fault, end };
        waiting.add(one);
      });
    },
    /** Clears all faults, or those of one account. */
    clear(account: string | null = null): void {
      const isMeant = (fault: Fault) => account === null || fault.account === account;
      armed = armed.filter((fault) => !isMeant(fault));
      [...waiting].filter(({ fault }) => isMeant(fault)).forEach(({ end }) => end());
    },
  };
}
