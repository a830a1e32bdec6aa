import type { Fields } from '../ledger/records.ts';
import { textOrNull } from '../vendor.ts';
import { invalidRequest } from './api-error.ts';

const DEFAULT_LIMIT = 10;
const CLAUSE =
  /^\s*(?<field>\w+)(?:\[(["'])(?<key>.+?)\2\])?\s*(?<sign>:|<=|>=|<|>)\s*(?:(["'])(?<text>.*?)\5|(?<digits>\d+))\s*(?:AND\s+|$)/;

type Test = (object: Fields) => boolean;

/** A searchable object. Metadata is checked first, because building every object for each search would take long. */
export interface Candidate {
  metadata: Record<string, string>;
  show: () => Fields;
}

/** The first page, or the page named by `page`, of the matching objects. Throws ApiError 400. */
export function toSearchAnswer(candidates: Candidate[], fields: Fields, url: string): Fields {
  const { metadata, others } = readQuery(String(fields['query']));
  const found = candidates
    .filter((one) => metadata.every(([key, value]) => one.metadata[key] === value))
    .map(({ show }) => show())
    .filter((object) => others.every((test) => test(object)));
  const start = Number(textOrNull(fields['page']) ?? 0);
  if (!Number.isInteger(start)) throw invalidRequest('Invalid page', 'page');
  const end = start + Number(fields['limit'] ?? DEFAULT_LIMIT);
  return {
    object: 'search_result',
    data: found.slice(start, end),
    has_more: found.length > end,
    next_page: found.length > end ? String(end) : null,
    url,
  };
}

/** `metadata['key']:'value' AND status:'succeeded' AND created>1700000000`; OR and negation are not supported. */
function readQuery(query: string): { metadata: [string, string][]; others: Test[] } {
  const metadata: [string, string][] = [];
  const others: Test[] = [];
  for (let rest = query; rest !== '';) {
    const clause = CLAUSE.exec(rest);
    if (clause === null) throw invalidRequest(`The query could not be read at: ${rest}`, 'query');
    rest = rest.slice(clause[0].length);
    const { field = '', key, sign = '', text, digits = '' } = { ...clause.groups };
    if (isMetadata(field, key, sign)) metadata.push([key, text ?? digits]);
    else others.push(toTest(field, sign, text ?? digits));
  }
  return { metadata, others };
}

const isMetadata = (field: string, key: string | undefined, sign: string): key is string =>
  field === 'metadata' && key !== undefined && sign === ':';

function toTest(field: string, sign: string, value: string): Test {
  if ((field === 'status' || field === 'currency') && sign === ':')
    return (object) => object[field] === value;
  if (field === 'amount' || field === 'created')
    return (object) => compare(Number(object[field]), sign, Number(value));
  throw invalidRequest(`Field \`${field}\` cannot be searched in this way`, 'query');
}

function compare(left: number, sign: string, right: number): boolean {
  switch (sign) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    default:
      return left === right;
  }
}
