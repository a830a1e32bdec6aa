import { admin, eventually } from '../../api/rig.ts';

export interface BreakerBody {
  readonly name: string;
  readonly state: string;
  readonly failures: number;
  readonly opensUntil: string | null;
}

/** PayPlus's host: in the test environment the sandbox, for every workspace. */
export const PAYPLUS = 'payplus:sandbox';

export const listBreakers = async (): Promise<readonly BreakerBody[]> =>
  (await admin<{ data: BreakerBody[] }>('GET', '/v1/admin/circuits')).json.data;

export function untilBreaker(name: string, state: string): Promise<BreakerBody> {
  return eventually(
    `breaker ${name} ${state}`,
    async () => (await listBreakers()).find((one) => one.name === name && one.state === state) ?? null,
  );
}

export async function force(name: string, verb: 'open' | 'close'): Promise<BreakerBody> {
  const answer = await admin<BreakerBody>('POST', `/v1/admin/circuits/${name}/${verb}`, undefined, {
    'tashlum-actor': 'a test',
    'tashlum-reason': 'to see',
  });
  if (answer.status !== 200) throw new Error(`${verb} ${name}: ${answer.bytes.toString()}`);
  return answer.json;
}

/** So that no test leaves a way shut for the next. */
export async function closeEverything(): Promise<void> {
  for (const { name, state } of await listBreakers()) if (state !== 'closed') await force(name, 'close');
}
