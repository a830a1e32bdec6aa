import express from 'express';
import type { RequestHandler } from 'express';
import { Problem } from '../../domain/problems.ts';

const LIMIT_KIB = 512;

const readRaw: RequestHandler<{ id: string }> = express.raw({
  type: 'image/png',
  limit: LIMIT_KIB * 1024,
  inflate: false,
});

/** Reads the bytes of a PNG, for `bodyBytes`. @throws Problem unsupported_media_type, body_too_large */
export const rawPng: RequestHandler<{ id: string }> = (request, response, next) => {
  if (request.is('image/png') === false) throw wrongType('the logo must be a PNG; send it as image/png');
  readRaw(request, response, (error?: unknown) => next(toProblem(error)));
};

/** The errors of the parser, in words about a picture; every other error as it is. */
function toProblem(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || !('type' in error)) return error;
  if (error.type === 'entity.too.large')
    return new Problem(
      'body_too_large',
      `the logo is larger than ${LIMIT_KIB} KiB; save it smaller or with fewer colours`,
    );
  return error.type === 'encoding.unsupported'
    ? wrongType('send the logo as it is, without content encoding')
    : error;
}

function wrongType(sentence: string): Problem {
  return new Problem('unsupported_media_type', sentence);
}
