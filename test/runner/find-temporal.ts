import { findTemporal } from '../../dev/temporal/find-server.ts';

// Obtains the Temporal server once: two environments that start side by side would build it twice.
if ((process.env['TEMPORAL_ADDRESS'] ?? '') === '')
  await findTemporal(() => undefined, new AbortController().signal);
