import type { Operation, VendorName } from './ledger/records.ts';

/**
 * What can go wrong with a call. Nothing happened at the vendor: `status_500, status_429, html, error_in_200,
 * connection_reset, timeout_before_effect`. It did happen, only the answer is bad or late: `timeout_after_effect, slow,
 * empty, half_json`.
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
  fault: FaultName;
  times: number;
  delayMs: number;
}

/** No client waits longer than this for an answer that never comes. */
const HANG_MS = 600_000;

export type Faults = ReturnType<typeof createFaults>;

/** The faults that are armed. They are not kept: a sandbox that was restarted is healthy. */
export function createFaults() {
  let armed: Fault[] = [];
  const waiting = new Set<() => void>();

  return {
    arm(fault: Fault): void {
      armed.push({ ...fault });
    },
    armed: (): readonly Fault[] => armed,
    /** The fault that this call must suffer, if any; each armed one acts `times` times, in the order of arming. */
    take(provider: VendorName, operation: Operation | 'unknown'): Fault | null {
      const fault = armed.find((one) => one.provider === provider && one.operation === operation);
      if (fault === undefined) return null;
      fault.times -= 1;
      armed = armed.filter((one) => one.times > 0);
      return fault;
    },
    /** Waits, but no longer than until the faults are cleared. */
    wait(ms: number): Promise<void> {
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          waiting.delete(end);
          resolve();
        };
        const timer = setTimeout(end, Math.min(ms, HANG_MS));
        waiting.add(end);
      });
    },
    hang(): Promise<void> {
      return this.wait(HANG_MS);
    },
    clear(): void {
      armed = [];
      [...waiting].forEach((end) => end());
    },
  };
}
