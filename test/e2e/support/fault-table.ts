import { PAYMENT_SUBJECTS } from '../../contract/payment-subjects.ts';
import { PROVIDERS } from './providers.ts';
import type { InvoiceService, Provider } from './providers.ts';

/**
 * What becomes of each call to each vendor under each fault: what the engine is held to. `–`: the vendor has no such call.
 * Of the faults, `slow, timeout_after_effect, empty, half_json` take effect at the vendor, the others do not
 * (sandbox/README.md). What the words mean is in `fault-outcomes.ts`, which observes them.
 */
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
export const readFaultTables = (): FaultRow[] => [
  ...read(INVOICES),
  ...PAYMENT_OPERATIONS.flatMap((operation) =>
    PROVIDERS.flatMap((vendor) => readOwn(vendor).filter((row) => row.operation === operation)),
  ),
];

const PAYMENT_OPERATIONS = [
  'create_link',
  'find_payment',
  'cancel_link',
  'acknowledge',
  'credentials',
  'refund',
];

/** The table of one payment provider: a column an operation, a line a fault. */
function readOwn(vendor: Provider): FaultRow[] {
  const [head = '', ...lines] = PAYMENT_SUBJECTS[vendor].faults
    .split('\n')
    .filter((line) => line.trim() !== '');
  const operations = cellsOf(head);
  return lines.flatMap((line) => {
    const [fault = '', ...outcomes] = cellsOf(line);
    return operations.map((operation, at) => ({ vendor, operation, fault, outcome: outcomes[at] ?? '' }));
  });
}

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
