import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { openClinic, openPayment, theDocumentOf, untilPushed, untilStatus } from './support/clinic.ts';
import { openTemporal } from './support/temporal.ts';
import type { Temporal } from './support/temporal.ts';
import { payAtVendor } from './support/vendors.ts';

/** What ops pay for a payment in Temporal (docs/architecture.md, "The workflows"). */
const BUDGETS = [
  ['on_demand', 20],
  ['at_issue', 26],
] as const;

describe('a payment that is paid by webhook, settled and pushed', () => {
  let temporal: Temporal;
  beforeAll(async () => {
    temporal = await openTemporal();
  });
  afterAll(() => temporal.close());

  it.each(BUDGETS)(
    'printed %s costs at most %i events of history and three workflow tasks',
    async (print, most) => {
      const clinic = await openClinic({ pushes: true, print });
      const { id } = await openPayment(clinic);
      await payAtVendor(id);
      const payment = await untilStatus(clinic, id, 'completed');
      await untilPushed(clinic, theDocumentOf(payment));
      await temporal.untilEnded(payment);
      const { events } = await temporal.ofPayment(payment).fetchHistory();
      const all = events ?? [];
      const tasks = all.filter(({ workflowTaskCompletedEventAttributes: task }) => task instanceof Object);
      process.stdout.write(
        `history of a payment printed ${print}: ${all.length} events, ${tasks.length} workflow tasks\n`,
      );
      expect(all.length).toBeLessThanOrEqual(most);
      expect(tasks.length).toBeLessThanOrEqual(3);
      expect(Math.max(...payloadSizes(all))).toBeLessThanOrEqual(4 * 1_024);
    },
  );
});

/** Bytes of every payload anywhere below. */
function payloadSizes(value: unknown): number[] {
  if (value instanceof Uint8Array) return [value.length];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(payloadSizes);
}
