import { Router } from 'express';
import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { ProblemCode } from '../../domain/problems.ts';
import type { Scope } from '../../domain/scopes.ts';

/**
 * Who may call. A scope: keys of the workspace that have it. `workspace`: any key of the workspace, and the admin key.
 * `admin`: the admin key alone. `public`: everybody.
 */
type Caller = Scope | 'workspace' | 'admin' | 'public';

/** One answer that is no refusal. Without `json` and `file` it has no body. */
export interface Answer {
  /** When it comes, in one sentence. */
  readonly when: string;
  readonly json?: z.ZodType;
  /** The media types of a body that is not JSON, or of its other form. */
  readonly file?: string | readonly string[];
  /** Headers beyond the usual, with a sentence each. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation of the API: routes are mounted by it and the description is made of it, so that the two cannot differ. */
export interface Operation {
  /** Its name in the description and in clients. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As in OpenAPI: `/v1/payments/{id}`. */
  readonly path: `/${string}`;
  readonly summary: string;
  readonly description?: string;
  readonly caller: Caller;
  /** The admin key may call it as well as a key with the scope. */
  readonly isForAdmin?: true;
  /** The names in braces of the path. */
  readonly params?: Readonly<Record<string, z.ZodType>>;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The media types of a body that is not JSON. */
  readonly bodyFiles?: readonly string[];
  /** Whether it needs an `Idempotency-Key`, or may have one. */
  readonly idempotencyKey?: 'required' | 'optional';
  /** Of a POST that takes no such key: why a repeat does no harm. */
  readonly onRepeat?: string;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Its refusals beyond those that follow from the fields above (`description/operation-problems.ts`). */
  readonly problems?: readonly ProblemCode[];
  /** A body that would be accepted. */
  readonly example?: unknown;
}

/** The operations of one noun. */
export type Operations = Readonly<Record<string, Operation>>;

/** What carries out each operation. No operation can be left out. */
export type Handlers<Table extends Operations> = {
  readonly [Name in keyof Table]:
    RequestHandler<ParamsOf<Table[Name]['path']>> | readonly RequestHandler<ParamsOf<Table[Name]['path']>>[];
};

/** The names in braces of a path. */
type NamesOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesOf<Rest>
  : never;
type ParamsOf<Path extends string> = { [Name in NamesOf<Path>]: string };

/** A router of these operations, to be mounted at `prefix`, with which all their paths begin. */
export function routerOf<Table extends Operations>(
  prefix: string,
  operations: Table,
  handlers: Handlers<Table>,
): Router {
  const router = Router();
  for (const [name, { method, path }] of Object.entries(operations)) {
    const handler = handlers[name] as RequestHandler | readonly RequestHandler[];
    router[method](toExpressPath(path.slice(prefix.length)), ...[handler].flat());
  }
  return router;
}

function toExpressPath(path: string): string {
  return path === '' ? '/' : path.replaceAll(/\{(\w+)\}/g, ':$1');
}
