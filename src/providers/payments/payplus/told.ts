import { z } from 'zod';
import type { ZodType } from 'zod';

/** Nothing that only informs may make a whole answer unreadable: what is odd there counts as not said. */
export const told = <T>(schema: ZodType<T>) =>
  schema
    .nullish()
    .catch(null)
    .transform((value) => value ?? null);
export const words = z.union([z.string().min(1), z.number().transform(String)]);
