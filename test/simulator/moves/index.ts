import { APP_MOVES } from './app.ts';
import { CHEQUE_MOVES } from './cheques.ts';
import { MACHINE_MOVES } from './machine.ts';
import type { Move } from './move.ts';
import { OWNER_MOVES } from './owner.ts';
import { PAYER_MOVES } from './payer.ts';
import { REFUND_SCENES } from './refund-scenes.ts';
import { SCENES } from './scenes.ts';
import { SPELL_MOVES } from './spells.ts';
import { VENDOR_MOVES } from './vendor.ts';

/** Everything that may happen next. */
export const MOVES: readonly Move[] = [
  ...APP_MOVES,
  ...CHEQUE_MOVES,
  ...PAYER_MOVES,
  ...VENDOR_MOVES,
  ...OWNER_MOVES,
  ...MACHINE_MOVES,
  ...SPELL_MOVES,
  ...SCENES,
  ...REFUND_SCENES,
];
