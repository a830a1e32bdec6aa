import type { IRouter } from 'express';
import { describe, expect, it } from '#jest';
import { createApp } from '../../src/api/app.ts';
import type { ApiContext } from '../../src/api/context.ts';
import { REGISTRY } from '../../src/providers/adapters.ts';
import { OPERATIONS } from './description.ts';

interface Layer {
  readonly route?: { readonly path: string; readonly stack: readonly { readonly method: string }[] };
  readonly handle: { readonly stack?: readonly Layer[] };
  match(path: string): boolean;
}

/** Every route below a router, as `get /:id`: Express knows the prefix of a router only by whether a path fits it. */
function routesBelow(layers: readonly Layer[], fits: (path: string) => boolean): string[] {
  return layers.flatMap((layer) => {
    const { route, handle } = layer;
    if (route === undefined)
      return routesBelow(handle.stack ?? [], (path) => fits(path) && layer.match(path));
    const described = OPERATIONS.find(({ method, path }) => {
      const own = route.path === '/' ? '' : route.path;
      const whole = path.replaceAll(/\{(\w+)\}/g, ':$1');
      return (
        method === route.stack[0]?.method &&
        whole.endsWith(own) &&
        fits(whole.slice(0, -own.length || undefined))
      );
    });
    return [described?.operationId ?? `${route.stack[0]?.method ?? ''} ${route.path} is not described`];
  });
}

describe('the description and the router', () => {
  it('have the same operations', () => {
    const context = {
      adminKeys: [],
      requestsPerSecond: 1,
      trustedProxies: 0,
      adapters: REGISTRY,
    } as unknown as ApiContext;
    const { stack } = createApp(context).router as unknown as { stack: readonly Layer[] } & IRouter;
    const mounted = routesBelow(stack, () => true);
    expect(mounted.sort()).toEqual(OPERATIONS.map(({ operationId }) => operationId).sort());
  });
});
