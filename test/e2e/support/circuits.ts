import { admin, eventually } from '../../api/rig.ts';

export interface CircuitBody {
  readonly name: string;
  readonly state: string;
  readonly failures: number;
  readonly opensUntil: string | null;
}

/** PayPlus's host: in the test environment the sandbox, for every workspace. */
export const PAYPLUS = 'payplus:sandbox';

export const listCircuits = async (): Promise<readonly CircuitBody[]> =>
  (await admin<{ data: CircuitBody[] }>('GET', '/v1/admin/circuits')).json.data;

export function untilCircuit(name: string, state: string): Promise<CircuitBody> {
  return eventually(
    `breaker ${name} ${state}`,
    async () => (await listCircuits()).find((one) => one.name === name && one.state === state) ?? null,
  );
}

export async function force(name: string, verb: 'open' | 'close'): Promise<CircuitBody> {
  const answer = await admin<CircuitBody>('POST', `/v1/admin/circuits/${name}/${verb}`, undefined, {
    'tashlum-actor': 'a test',
    'tashlum-reason': 'to see',
  });
  if (answer.status !== 200) throw new Error(`${verb} ${name}: ${answer.bytes.toString()}`);
  return answer.json;
}

/** So that no test leaves a way shut for the next. */
export async function closeEverything(): Promise<void> {
  for (const { name, state } of await listCircuits()) if (state !== 'closed') await force(name, 'close');
}
