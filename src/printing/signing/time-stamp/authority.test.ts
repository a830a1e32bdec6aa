import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import { createHttp } from '../../../http.ts';
import { createSampleAuthority, SAMPLE_POLICIES } from '../../testing/sample-authority.ts';
import type { SampleAuthority, StampFault } from '../../testing/sample-authority.ts';
import { createTimeStampAuthority } from './authority.ts';
import type { TimeStampSettings } from './authority.ts';

const SIGNATURE = Buffer.from('the value of a signature');
const MINUTE = 60_000;

let sample: SampleAuthority;
const http = createHttp();
const hasty = createHttp({ mostMs: 300 });
beforeAll(async () => {
  sample = await createSampleAuthority();
}, 30_000);
afterEach(() => {
  sample.fault = null;
  sample.credentials = null;
});
afterAll(async () => {
  await Promise.all([sample.close(), http.close(), hasty.close()]);
});

const settings = (given: Partial<TimeStampSettings> = {}): TimeStampSettings => ({
  url: sample.url,
  policy: null,
  credentials: null,
  ...given,
});

describe('a time stamp', () => {
  it('is taken from an authority that openssl plays, and is another one each time', async () => {
    const authority = createTimeStampAuthority(http, settings());
    const [first, second] = [await authority.stamp(SIGNATURE), await authority.stamp(SIGNATURE)];
    expect(first.length).toBeGreaterThan(500);
    expect(first.equals(second)).toBe(false);
  });

  it('is taken from one with an elliptic curve, which names its certificate by SHA-1', async () => {
    const other = await createSampleAuthority('ec');
    const token = await createTimeStampAuthority(http, settings({ url: other.url })).stamp(SIGNATURE);
    await other.close();
    expect(token.length).toBeGreaterThan(500);
  });

  it('has the policy that was asked for, and none that the authority does not have', async () => {
    const [, policy] = SAMPLE_POLICIES;
    const token = await createTimeStampAuthority(http, settings({ policy })).stamp(SIGNATURE);
    expect(token.length).toBeGreaterThan(500);
    await expect(
      createTimeStampAuthority(http, settings({ policy: '1.2.3' })).stamp(SIGNATURE),
    ).rejects.toMatchObject({ code: 'rejected', vendorCode: 'unacceptedPolicy' });
  });

  it('is asked for with the credentials of the operator', async () => {
    sample.credentials = 'clinic:secret';
    await expect(createTimeStampAuthority(http, settings()).stamp(SIGNATURE)).rejects.toMatchObject({
      code: 'credentials_invalid',
    });
    const known = createTimeStampAuthority(http, settings({ credentials: 'clinic:secret' }));
    expect((await known.stamp(SIGNATURE)).length).toBeGreaterThan(500);
  });

  it.each<[StampFault, string, RegExp]>([
    ['other_imprint', 'bad_answer', /stamps something else than our signature/],
    ['other_nonce', 'bad_answer', /has not the nonce of our request/],
    ['refusal', 'rejected', /gives no stamp: badAlg/],
    ['garbage', 'bad_answer', /is no time-stamp response/],
    ['cut_off', 'bad_answer', /is no time-stamp response/],
    ['forged', 'bad_answer', /signature is not that of the certificate in it/],
    ['expired', 'bad_answer', /certificate that is valid from .* only/],
    ['other_purpose', 'bad_answer', /certificate that is not for time stamps alone/],
    ['unnamed_certificate', 'bad_answer', /does not name its own certificate/],
    ['too_large', 'bad_answer', /is larger than/],
    ['unavailable', 'provider_unavailable', /answered 503/],
    ['too_many', 'rate_limited', /too many requests/],
  ])('that is wrong (%s) is %s and never taken', async (fault, code, message) => {
    sample.fault = fault;
    const stamped = createTimeStampAuthority(http, settings()).stamp(SIGNATURE);
    await expect(stamped).rejects.toMatchObject({ name: 'ProviderError', code });
    await expect(stamped).rejects.toThrow(message);
  });

  it('that does not come in time, or from nowhere, is a failure too', async () => {
    sample.fault = 'silence';
    await expect(createTimeStampAuthority(hasty, settings()).stamp(SIGNATURE)).rejects.toMatchObject({
      code: 'no_answer',
    });
    const nowhere = createTimeStampAuthority(http, settings({ url: 'http://127.0.0.1:1/' }));
    await expect(nowhere.stamp(SIGNATURE)).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('of a time far from ours is refused, and the sentence says what to set', async () => {
    const at = (minutes: number) =>
      createTimeStampAuthority(http, settings(), () => new Date(Date.now() + minutes * MINUTE));
    expect((await at(4).stamp(SIGNATURE)).length).toBeGreaterThan(500);
    await expect(at(180).stamp(SIGNATURE)).rejects.toThrow(/180 minutes from our time: set the clock/);
    await expect(at(-6).stamp(SIGNATURE)).rejects.toThrow(/6 minutes from our time/);
  });
});
