import { condition, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { durable, localFirst, quick } from '../call-policies.ts';
import { requestChangedSignal } from '../messages.ts';
import type { AskPayerInput } from '../messages.ts';

/**
 * A payment request in time: the mail, its reminders, and the overdue notice. This workflow only waits. The due steps
 * are read from the rows each time. So a payment that was paid or cancelled meanwhile is no longer asked about, and a
 * second run changes nothing.
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
