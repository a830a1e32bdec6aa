import { isProviderError, ProviderError } from '../../domain/provider-error.ts';
import type { ServiceDocument } from './invoice-service.ts';

/**
 * Reads a document that exists. From here on, no failure may say that its creation can be repeated, or never can. Each
 * becomes `no_answer`, so that the next try looks first.
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
