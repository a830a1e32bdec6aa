import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where calls to addresses of customers may go: to any public address, and to loopback if allowed. */
export interface OutboundGuard {
  /** Allows 127.0.0.1 and ::1, but no other internal address. For the dev environment. */
  readonly allowLoopback: boolean;
  /** Resolves names; the system's resolver unless a test passes another. */
  readonly lookup?: LookupFunction;
}

/** The `code` of the error that refuses a guarded connection. */
export const OUTBOUND_REFUSED = 'OUTBOUND_REFUSED';

const HOME = new Set(['127.0.0.1', '::1']);

/**
 * The full form of an address. URL parsers accept more: they drop spaces, read "\\" as "/" and find a host in
 * "http:host". The text is stored and used as it is, so it must mean the same to every reader.
 */
const WRITTEN_OUT = /^https?:\/\/[^\s\\/?#@]+(?:[/?#][^\s\\]*)?$/i;

/** What is wrong with an entered web address, as the end of the sentence "url …", or null. */
export function httpUrlFault(text: string): string | null {
  const url = URL.parse(text);
  if (url !== null && (url.username !== '' || url.password !== ''))
    return 'must not carry a user name or password';
  if (url === null || !WRITTEN_OUT.test(text))
    return 'must be an http(s) address without blanks and backslashes, such as "https://example.com/path"';
  return null;
}

/**
 * The same for an address to which we send requests. Host names pass here and are checked at every connection,
 * because their IP address may change. Loopback passes unless the guard forbids it.
 */
export function customerUrlFault(
  text: string,
  guard: Pick<OutboundGuard, 'allowLoopback'> = { allowLoopback: true },
): string | null {
  const fault = httpUrlFault(text);
  if (fault !== null) return fault;
  const url = new URL(text);
  if (!isAllowedHost(url.hostname, guard)) {
    return 'must not be a private, loopback, link-local or unspecified address: enter a public one';
  }
  return null;
}

/** Whether the host of a URL may be called. A name always may, because `guardedLookup` checks its addresses. */
export function isAllowedHost(hostname: string, guard: OutboundGuard): boolean {
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(literal) === 0 || isAllowedAddress(literal, guard);
}

/** Only what the registries call unicast is public. Forms that wrap an IPv4 address do not count as public. */
function isAllowedAddress(address: string, { allowLoopback }: OutboundGuard): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (allowLoopback && HOME.has(parsed.toString())) return true;
  return parsed.range() === 'unicast' && isGivenOut(parsed) && !CLOUD_AGENTS.has(parsed.toString());
}

/**
 * Registries assign only 2000::/3 of IPv6 (RFC 4291). The library also counts other ranges as unicast, such as ::/96.
 */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR('2000::/3');

function isGivenOut(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === 'ipv4' || address.match(GIVEN_OUT);
}

/**
 * Public addresses at which a cloud answers its own machines. Those of other clouds are link-local or private (Azure:
 * WireServer).
 */
const CLOUD_AGENTS = new Set(['168.63.129.16']);

/** A name with any internal address is refused. The checked addresses are exactly those that would be used. */
export function guardedLookup(guard: OutboundGuard): LookupFunction {
  const lookup = guard.lookup ?? systemLookup;
  return (hostname, options, done) =>
    lookup(hostname, options, (error, address, family) => {
      const isRefused = error === null && !resolved(address).every((one) => isAllowedAddress(one, guard));
      if (isRefused) done(refusal(hostname), '');
      else done(error, address, family);
    });
}

const resolved = (address: string | LookupAddress[]): string[] =>
  typeof address === 'string' ? [address] : address.map((one) => one.address);

/** Names the host, not its address: internal addresses must not leak. */
export function refusal(host: string): Error & { code: string } {
  return Object.assign(new Error(`${host} is not a public address`), { code: OUTBOUND_REFUSED });
}
