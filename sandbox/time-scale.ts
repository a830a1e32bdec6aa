import type { VendorName } from './ledger/records.ts';

/** The lags of a vendor as a share of their usual length: 1 is the usual length, 0 none. */
export interface TimeScale {
  provider: VendorName;
  /** The account as the control call named it; null: every account of the vendor without a scale of its own. */
  account: string | null;
  scale: number;
}

/** The account of a time scale, as the rows of the ledger name it. */
export interface AccountRow {
  provider: VendorName;
  account: string;
}

export type TimeScales = ReturnType<typeof createTimeScales>;

/** The active time scales. They are not stored: a restarted sandbox lags as usual. */
export function createTimeScales() {
  let scales: (TimeScale & { ledgerAccount: string | null })[] = [];

  return {
    /** `ledgerAccount`: the name of the account in the ledger. */
    set(scale: TimeScale, ledgerAccount: string | null): void {
      const isSame = (one: TimeScale) => one.provider === scale.provider && one.account === scale.account;
      scales = [...scales.filter((one) => !isSame(one)), { ...scale, ledgerAccount }];
    },
    all: (): TimeScale[] => scales.map(({ ledgerAccount: _ledgerAccount, ...shown }) => shown),
    /** Resets all of them, or that of one account. */
    clear(account: string | null = null): void {
      scales = account === null ? [] : scales.filter((one) => one.account !== account);
    },
    /** The scaled length of a lag of `ms` for the account of this page, transaction or document. */
    lag: ({ provider, account }: AccountRow, ms: number): number => {
      const ofVendor = scales.filter((one) => one.provider === provider);
      const scaleOf = (whose: string | null) => ofVendor.find((one) => one.ledgerAccount === whose)?.scale;
      return ms * (scaleOf(account) ?? scaleOf(null) ?? 1);
    },
  };
}
