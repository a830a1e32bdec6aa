import { fromBER, Sequence } from 'asn1js';
import { PKIStatus, SignedData, TimeStampResp, TSTInfo } from 'pkijs';
import { ProviderError } from '../../../domain/provider-error.ts';
import { SHA256 } from './request.ts';
import type { StampRequest } from './request.ts';
import { refuseForged } from './token-signature.ts';
import { wrongAnswer } from './wrong-answer.ts';

/** The largest token that is taken. Those of authorities have 2 to 7 kB, mostly certificates. */
export const MOST_TOKEN_BYTES = 16_384;
/** How far the authority's time may be from ours. */
const NEAR_MS = 5 * 60_000;
const TST_INFO = '1.2.840.113549.1.9.16.1.4';

/** Reasons of a refusal by their bit. Source: RFC 3161, section 2.4.2. */
const REASONS: ReadonlyMap<number, string> = new Map([
  [0, 'badAlg'],
  [2, 'badRequest'],
  [5, 'badDataFormat'],
  [14, 'timeNotAvailable'],
  [15, 'unacceptedPolicy'],
  [16, 'unacceptedExtension'],
  [17, 'addInfoNotAvailable'],
  [25, 'systemFailure'],
]);
/** Of these the authority may think better a little later. */
const ITS_OWN_TROUBLE: readonly string[] = ['timeNotAvailable', 'systemFailure'];

/**
 * The time-stamp token of an answer (DER, exactly as it came), after every check that RFC 3161, section 2.4.2, asks of
 * a client. Whether anybody trusts the authority's certificate is not asked here.
 * @throws ProviderError `rejected` or `provider_unavailable` as the authority says, else `bad_answer` that names what is
 * wrong
 */
export async function readStampReply(reply: Buffer, request: StampRequest, now: Date): Promise<Buffer> {
  const { response, token } = parse(reply);
  refuseStatus(response);
  const content = response.timeStampToken?.content as unknown;
  if (token === null || content === undefined) throw wrongAnswer('grants a stamp and brings none');
  if (token.length > MOST_TOKEN_BYTES)
    throw wrongAnswer(`has a token of ${token.length} bytes; ${MOST_TOKEN_BYTES} is the most that fits`);
  const signed = read(() => new SignedData({ schema: content }));
  const info = readInfo(signed);
  refuseInfo(info, request);
  await refuseForged(signed, request.signature, info.genTime);
  const awayMs = Math.abs(info.genTime.getTime() - now.getTime());
  if (awayMs > NEAR_MS)
    throw wrongAnswer(
      `says that it is ${info.genTime.toISOString()}, ${Math.round(awayMs / 60_000)} minutes from our time: set the clock of this host (NTP), or ask the authority`,
    );
  return token;
}

function parse(reply: Buffer): { response: TimeStampResp; token: Buffer | null } {
  const { result, offset } = fromBER(reply);
  if (offset !== reply.length || !(result instanceof Sequence))
    throw wrongAnswer('is no time-stamp response');
  const response = read(() => new TimeStampResp({ schema: result }));
  const token = result.valueBlock.value[1];
  return { response, token: token === undefined ? null : Buffer.from(token.valueBeforeDecodeView) };
}

/** Granted with modifications is granted: the checks say whether we can live with them. */
function refuseStatus({ status: { status, failInfo } }: TimeStampResp): void {
  if (status === PKIStatus.granted || status === PKIStatus.grantedWithMods) return;
  const bits = failInfo?.valueBlock.valueHexView ?? new Uint8Array();
  const isSet = (bit: number): boolean => (((bits[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1;
  const reason = [...REASONS].find(([bit]) => isSet(bit))?.[1] ?? `status ${status}`;
  throw new ProviderError(
    ITS_OWN_TROUBLE.includes(reason) ? 'provider_unavailable' : 'rejected',
    `the time-stamp authority gives no stamp: ${reason}`,
    { vendorCode: reason },
  );
}

function readInfo({ encapContentInfo }: SignedData): TSTInfo {
  const { eContent } = encapContentInfo;
  if (encapContentInfo.eContentType !== TST_INFO || eContent === undefined)
    throw wrongAnswer('has a token that is no time stamp');
  return read(() => TSTInfo.fromBER(eContent.getValue()));
}

function refuseInfo({ messageImprint, nonce, policy }: TSTInfo, request: StampRequest): void {
  const isOurs =
    messageImprint.hashAlgorithm.algorithmId === SHA256 &&
    request.imprint.equals(messageImprint.hashedMessage.valueBlock.valueHexView);
  if (!isOurs) throw wrongAnswer('stamps something else than our signature');
  if (nonce === undefined || !request.nonce.equals(nonce.valueBlock.valueHexView))
    throw wrongAnswer('has not the nonce of our request: it answers another one');
  if (request.policy !== null && policy !== request.policy)
    throw wrongAnswer(`has the policy ${policy}, and ${request.policy} was asked for`);
}

/** Errors of the parser may quote the answer. */
function read<T>(parsed: () => T): T {
  try {
    return parsed();
  } catch {
    throw wrongAnswer('is no time-stamp response');
  }
}
