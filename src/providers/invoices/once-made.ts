import { isProviderError, ProviderError } from '../../domain/provider-error.ts';
import type { ServiceDocument } from './invoice-service.ts';

/**
 * Reads a document that exists. No failure from here on may say that its creation can be repeated, nor that it never can:
 * all become `no_answer`, so that the next try looks first.
 */
export async function onceMade(
  service: string,
  read: () => Promise<ServiceDocument>,
): Promise<ServiceDocument> {
  try {
    return await read();
  } catch (error) {
    if (!isProviderError(error) || error.retry === 'unknown') throw error;
    throw new ProviderError(
      'no_answer',
      `${service} holds the document, but reading it failed: ${error.message}`,
    );
  }
}
