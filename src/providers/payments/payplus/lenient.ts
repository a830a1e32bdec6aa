import { z } from 'zod';
import type { ZodType } from 'zod';

/** An odd informative field must not make a whole answer unreadable: it counts as missing. */
export const lenient = <T>(schema: ZodType<T>) =>
  schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
/** A text that is not empty, or a number as text. */
export const words = z.union([z.string().min(1), z.number().transform(String)]);
