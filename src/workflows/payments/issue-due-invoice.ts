import { condition, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { durable, localFirst, quick } from '../call-policies.ts';
import { dueInvoiceChangedSignal } from '../messages.ts';
import type { IssueDueInvoiceInput } from '../messages.ts';
import { finishDocument } from './finish-paper.ts';

/**
 * The tax invoice of post-dated cheques: this workflow waits for the day on which they fall due. What is to be done is
 * read from the rows each time. So a cheque that bounced meanwhile gets no invoice, and a second run changes nothing.
 */
export async function issueDueInvoice(input: IssueDueInvoiceInput): Promise<void> {
  const self = { mustLook: false };
  setHandler(dueInvoiceChangedSignal, () => {
    self.mustLook = true;
  });
  for (;;) {
    self.mustLook = false;
    const { wakeAt, documentId } = await localFirst(
      () => quick.issueDueInvoice(input),
      () => durable.issueDueInvoice(input),
    );
    if (documentId !== null) {
      setCurrentDetails('The cheques fell due. Printing the tax invoice.');
      await finishDocument(input, documentId);
    }
    if (wakeAt === null) break;
    setCurrentDetails(`The cheques fall due at ${wakeAt}.`);
    await condition(() => self.mustLook, Math.max(1_000, Date.parse(wakeAt) - Date.now()));
  }
  setCurrentDetails('No tax invoice is owed any more.');
}
