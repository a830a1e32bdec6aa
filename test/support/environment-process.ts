import { startEnvironment } from '../../dev/environment.ts';
import { createProgress } from '../../dev/progress.ts';
import { createStopRequest, whenAborted } from '../../dev/stop-request.ts';
import { startMailSink } from './mail-sink.ts';
import { receivedDir } from './mailbox.ts';

// The environment under test, in a process of its own: Jest's event loop cannot delay its supervision, and it ends with
// Jest, however Jest ends, because the pipe at its standard input closes then.
const stopRequest = createStopRequest();
const parentGone = new AbortController();
process.stdin.on('end', () => parentGone.abort()).resume();
const signal = AbortSignal.any([stopRequest, parentGone.signal]);

// TASHLUM_KEEP_STATE=1 leaves logs and data behind, to look into a failure.
const isDisposable = process.env['TASHLUM_KEEP_STATE'] !== '1';
const progress = createProgress(process.stdout);
try {
  progress.say('Starting an environment for the tests');
  const sink = await startMailSink(receivedDir());
  process.env['SMTP_URL'] = sink.url;
  // Tests of vendors that never answer need not wait as long as Grow is given.
  process.env['VENDOR_TIMEOUT_SECONDS'] = '10';
  const environment = await startEnvironment({
    progress,
    signal,
    hasPrivatePorts: true,
    isDisposable,
    survivesPowerLoss: false,
  });
  process.send?.('ready');
  await whenAborted(signal);
  await environment.stop();
  await sink.stop();
  if (!isDisposable) progress.say(`Kept: ${environment.paths.stateDir}`);
} catch (error) {
  process.exitCode = 1;
  if (!signal.aborted) console.error(error instanceof Error ? error.message : String(error));
}
progress.end();
process.exit();
