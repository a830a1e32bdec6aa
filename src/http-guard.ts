import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where calls to addresses that a customer entered may go: anywhere outside, and home only where that is allowed. */
export interface OutboundGuard {
  /** Lets 127.0.0.1 and ::1 through, and no other inside address. For the dev environment. */
  readonly allowLoopback: boolean;
  /** How names are resolved; the system's way unless a test says otherwise. */
  readonly lookup?: LookupFunction;
}

/** The `code` of the error with which a guarded connection is refused. */
export const OUTBOUND_REFUSED = 'OUTBOUND_REFUSED';

const HOME = new Set(['127.0.0.1', '::1']);

/**
 * Written out in full. Parsers of addresses read more than this: they drop blanks, take "\\" for "/" and find a host in
 * "http:host". The text is stored and used as it is, so nothing may be in it that another reader takes otherwise.
 */
const WRITTEN_OUT = /^https?:\/\/[^\s\\/?#@]+(?:[/?#][^\s\\]*)?$/i;

/** What is wrong with a web address that somebody enters, as the end of the sentence "url …", or null. */
export function httpUrlFault(text: string): string | null {
  const url = URL.parse(text);
  if (url !== null && (url.username !== '' || url.password !== ''))
    return 'must not carry a user name or password';
  if (url === null || !WRITTEN_OUT.test(text))
    return 'must be an http(s) address without blanks and backslashes, such as "https://example.com/path"';
  return null;
}

/**
 * The same for an address that the engine calls itself. Names pass: they may come to mean another address later, so they
 * are checked whenever a connection is made. So does loopback.
 */
export function customerUrlFault(text: string): string | null {
  const fault = httpUrlFault(text);
  if (fault !== null) return fault;
  const url = new URL(text);
  if (!isAllowedHost(url.hostname, { allowLoopback: true })) {
    return 'must not be a private, link-local or unspecified address: enter a public one';
  }
  return null;
}

/** Whether a URL's host may be called. A name always may: its addresses are judged by `guardedLookup`. */
export function isAllowedHost(hostname: string, guard: OutboundGuard): boolean {
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(literal) === 0 || isAllowedAddress(literal, guard);
}

/** Only what the registries call unicast lies outside; forms that wrap an IPv4 address do not count as outside. */
function isAllowedAddress(address: string, { allowLoopback }: OutboundGuard): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (allowLoopback && HOME.has(parsed.toString())) return true;
  return parsed.range() === 'unicast' && isGivenOut(parsed) && !CLOUD_AGENTS.has(parsed.toString());
}

/** Of IPv6 the registries give out 2000::/3 only (RFC 4291); the library calls more unicast, ::/96 among it. */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR('2000::/3');

function isGivenOut(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === 'ipv4' || address.match(GIVEN_OUT);
}

/** Public addresses at which a cloud answers its own machines. The others' are link-local or private (Azure: WireServer). */
const CLOUD_AGENTS = new Set(['168.63.129.16']);

/** A name any of whose addresses lies inside is not connected to: judged are the very addresses that would be used. */
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

/** Says which host, not which address: what a name means inside is nobody's business. */
export function refusal(host: string): Error & { code: string } {
  return Object.assign(new Error(`${host} is not a public address`), { code: OUTBOUND_REFUSED });
}
