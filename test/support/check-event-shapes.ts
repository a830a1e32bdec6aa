import { Client } from 'pg';
import { z } from 'zod';
import { EVENT_FACTS } from '../../src/history/event-facts.ts';
import { readEnvironment } from './environment.ts';

const paymentId = { paymentId: z.string().nullable() };

/**
 * Holds every outgoing event that the tests caused to the one shape of its type: no fact more, none less.
 * @throws Error that names the type and what is wrong with it
 */
export async function checkEventShapes(): Promise<void> {
  const client = new Client({ connectionString: readEnvironment().databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ type: string; facts: unknown }>(
      'SELECT DISTINCT ON (type, keys) type, facts FROM (SELECT type, facts, ARRAY(SELECT jsonb_object_keys(facts)) AS keys FROM events) AS event',
    );
    for (const { type, facts } of rows) {
      const schema: z.ZodObject | undefined = (EVENT_FACTS as Record<string, z.ZodObject>)[type];
      if (schema === undefined) throw new Error(`an event of the unknown type ${type} was written`);
      const read = schema.extend(paymentId).strict().safeParse(facts);
      if (!read.success)
        throw new Error(`an event ${type} has another shape: ${z.prettifyError(read.error)}`);
    }
  } finally {
    await client.end();
  }
}
