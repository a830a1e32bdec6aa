import { answersOk } from '../../../dev/waiting.ts';
import { control } from '../../api/rig.ts';
import { readEnvironment } from '../../support/environment.ts';
import { proceed } from './processes.ts';
import { recovered } from './recovered.ts';

/** Before each test: whatever the last one left, everything runs, is healthy, and nothing is held up. */
export async function calm(): Promise<void> {
  proceed('temporal');
  const { apiUrl, metricsUrl } = readEnvironment();
  const worker = new URL(metricsUrl.at(-1) ?? '').origin;
  for (const url of [apiUrl, worker]) {
    await recovered(`the health of ${url}`, async () =>
      (await answersOk(`${url}/health/ready`)) ? true : null,
    );
  }
  await recovered('the sandbox', async () =>
    (await control('DELETE', 'faults')).status === 204 ? true : null,
  );
}
