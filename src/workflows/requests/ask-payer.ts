import { condition, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { durable, localFirst, quick } from '../call-policies.ts';
import { requestChangedSignal } from '../messages.ts';
import type { AskPayerInput } from '../messages.ts';

/**
 * Asks a payer for a payment, in its time: the request, its reminders, and the notice that it is overdue. The waiting is
 * done here; what is due is read from the books at each waking, so that a payment that was paid or cancelled meanwhile is
 * asked about no more, and a second run does nothing twice.
 */
export async function askPayer(input: AskPayerInput): Promise<void> {
  const self = { mustLook: true };
  setHandler(requestChangedSignal, () => {
    self.mustLook = true;
  });
  while (self.mustLook) {
    self.mustLook = false;
    const { wakeAt } = await localFirst(
      () => quick.pursueRequest(input),
      () => durable.pursueRequest(input),
    );
    if (wakeAt === null) continue;
    setCurrentDetails(`Nothing to do before ${wakeAt}.`);
    await condition(() => self.mustLook, Math.max(1, Date.parse(wakeAt) - Date.now()));
    self.mustLook = true;
  }
  setCurrentDetails('Nothing more to ask.');
}
