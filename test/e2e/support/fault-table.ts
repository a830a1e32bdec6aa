import type { InvoiceService, Provider } from './providers.ts';

/**
 * What becomes of each call to each vendor under each fault: what the engine is held to. `–`: the vendor has no such call.
 * Of the faults, `slow, timeout_after_effect, empty, half_json` take effect at the vendor, the others do not
 * (sandbox/README.md). What the words mean is in `fault-outcomes.ts`, which observes them.
 */
const PAYMENTS = `
                          payplus                grow                   stripe
create_link
  status_500              one page               one page               one page
  status_429              one page               one page               one page
  slow                    one page               one page               one page
  timeout_before_effect   one page               one page               one page
  timeout_after_effect    two pages              two pages              one page
  html                    one page               one page               one page
  empty                   two pages              two pages              one page
  half_json               two pages              two pages              one page
  error_in_200            one page               one page               one page
  connection_reset        one page               one page               one page
find_payment
  status_500              found                  found                  found
  status_429              found                  found                  found
  slow                    found                  found                  found
  timeout_before_effect   found                  found                  found
  timeout_after_effect    found                  found                  found
  html                    found                  found                  found
  empty                   found                  found                  found
  half_json               found                  found                  found
  error_in_200            found                  found                  found
  connection_reset        found                  found                  found
cancel_link
  status_500              cancelled              –                      cancelled
  status_429              cancelled              –                      cancelled
  slow                    cancelled              –                      cancelled
  timeout_before_effect   cancelled              –                      cancelled
  timeout_after_effect    cancelled              –                      cancelled
  html                    cancelled              –                      cancelled
  empty                   cancelled              –                      cancelled
  half_json               cancelled              –                      cancelled
  error_in_200            cancelled, page open   –                      cancelled
  connection_reset        cancelled              –                      cancelled
acknowledge
  status_500              –                      told again             –
  status_429              –                      told again             –
  slow                    –                      told                   –
  timeout_before_effect   –                      told again             –
  timeout_after_effect    –                      told again             –
  html                    –                      told again             –
  empty                   –                      told again             –
  half_json               –                      told again             –
  error_in_200            –                      told again             –
  connection_reset        –                      told again             –
credentials
  status_500              no answer              no answer              no answer
  status_429              no answer              no answer              no answer
  slow                    stored                 stored                 stored
  timeout_before_effect   no answer              no answer              no answer
  timeout_after_effect    no answer              no answer              no answer
  html                    no answer              no answer              no answer
  empty                   no answer              no answer              no answer
  half_json               no answer              no answer              no answer
  error_in_200            refused                no answer              no answer
  connection_reset        no answer              no answer              no answer
refund
  status_500              unknown                unknown                unknown
  status_429              given back later       given back later       given back later
  slow                    given back             given back             given back
  timeout_before_effect   unknown                unknown                unknown
  timeout_after_effect    found                  found                  found
  html                    unknown                unknown                unknown
  empty                   found                  found                  found
  half_json               found                  found                  found
  error_in_200            failed                 failed                 unknown
  connection_reset        unknown                unknown                unknown
`;

const INVOICES = `
                          green-invoice    sumit            custom
credentials
  status_500              no answer        no answer        –
  status_429              no answer        no answer        –
  slow                    stored           stored           –
  timeout_before_effect   no answer        no answer        –
  timeout_after_effect    no answer        no answer        –
  html                    no answer        no answer        –
  empty                   no answer        no answer        –
  half_json               no answer        no answer        –
  error_in_200            no answer        no answer        –
  connection_reset        no answer        no answer        –
create_document
  status_500              pushed           pushed           pushed
  status_429              pushed           pushed           pushed
  slow                    pushed           pushed           pushed
  timeout_before_effect   pushed           pushed           pushed
  timeout_after_effect    pushed           pushed           pushed
  html                    pushed           pushed           pushed
  empty                   pushed           pushed           pushed
  half_json               pushed           pushed           pushed
  error_in_200            pushed           pushed           pushed
  connection_reset        pushed           pushed           pushed
find_document
  status_500              pushed           pushed           –
  status_429              pushed           pushed           –
  slow                    pushed           pushed           –
  timeout_before_effect   pushed           pushed           –
  timeout_after_effect    pushed           pushed           –
  html                    pushed           pushed           –
  empty                   pushed           pushed           –
  half_json               pushed           pushed           –
  error_in_200            pushed           pushed           –
  connection_reset        pushed           pushed           –
`;

export type Vendor = Provider | InvoiceService;

/** One cell of the table. */
export interface FaultRow {
  readonly vendor: Vendor;
  readonly operation: string;
  readonly fault: string;
  readonly outcome: string;
}

/**
 * Every cell that says something, in the tables' order, each operation vendor by vendor. Refunds come last: those that stay
 * unknown go on asking for the payment, and would meet faults that are meant for others.
 */
export const readFaultTables = (): FaultRow[] => [...read(INVOICES), ...read(PAYMENTS)];

function read(table: string): FaultRow[] {
  const [head = '', ...lines] = table.split('\n').filter((line) => line.trim() !== '');
  const vendors = cellsOf(head) as Vendor[];
  const rows: FaultRow[] = [];
  let operation = '';
  for (const line of lines) {
    const [name = '', ...outcomes] = cellsOf(line);
    if (!line.startsWith(' ')) operation = name;
    vendors.forEach((vendor, at) => {
      const outcome = outcomes[at] ?? '–';
      if (outcome !== '–') rows.push({ vendor, operation, fault: name, outcome });
    });
  }
  return rows;
}

const cellsOf = (line: string): string[] => line.trim().split(/\s{2,}/);
