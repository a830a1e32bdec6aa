import { randomInt } from 'node:crypto';

/** Twelve digits: exact as a JSON number, and rarely the same twice. */
const newNumber = (): string => String(randomInt(100_000_000_000, 1_000_000_000_000));

export const newProcessId = newNumber;
export const newTransactionId = newNumber;
