import type { VendorName } from './ledger/records.ts';

/** How long a vendor's lags take, as a share of what they usually take: 1 is the usual time, 0 none. */
export interface TimeScale {
  provider: VendorName;
  /** As the control call named it; null: every account of the vendor that has no scale of its own. */
  account: string | null;
  scale: number;
}

/** Whose time it is, as the ledger's rows say it. */
export interface AccountRow {
  provider: VendorName;
  account: string;
}

export type TimeScales = ReturnType<typeof createTimeScales>;

/** The time scales that are set. They are not kept: a sandbox that was restarted lags as usual. */
export function createTimeScales() {
  let scales: (TimeScale & { ledgerAccount: string | null })[] = [];

  return {
    /** `ledgerAccount`: what the ledger's rows call the account. */
    set(scale: TimeScale, ledgerAccount: string | null): void {
      const isSame = (one: TimeScale) => one.provider === scale.provider && one.account === scale.account;
      scales = [...scales.filter((one) => !isSame(one)), { ...scale, ledgerAccount }];
    },
    all: (): TimeScale[] => scales.map(({ ledgerAccount: _ledgerAccount, ...shown }) => shown),
    /** Resets all of them, or that of one account. */
    clear(account: string | null = null): void {
      scales = account === null ? [] : scales.filter((one) => one.account !== account);
    },
    /** How long a lag of `ms` takes for the account of this page, transaction or document. */
    lag: ({ provider, account }: AccountRow, ms: number): number => {
      const ofVendor = scales.filter((one) => one.provider === provider);
      const scaleOf = (whose: string | null) => ofVendor.find((one) => one.ledgerAccount === whose)?.scale;
      return ms * (scaleOf(account) ?? scaleOf(null) ?? 1);
    },
  };
}
