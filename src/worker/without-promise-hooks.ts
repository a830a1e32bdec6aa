import { promiseHooks } from 'node:v8';

/**
 * Loaded ahead of the worker (`node --import`), also into its thread for workflows. Temporal's SDK records a stack trace for
 * every promise of a workflow, only so that its UI can show where a workflow stands. That is a third of the worker's
 * processor time, and no option turns it off. Without this hook the SDK says once that it has none, as on an old Node, and
 * goes on; stack traces of failures stay.
 */
promiseHooks.createHook = () => {
  throw new Error('stack traces of promises are not recorded');
};
