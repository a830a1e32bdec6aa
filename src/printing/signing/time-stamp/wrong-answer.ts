import { ProviderError } from '../../../domain/provider-error.ts';

/** `what` ends the sentence "The answer …". */
export function wrongAnswer(what: string): ProviderError {
  return new ProviderError('bad_answer', `the answer of the time-stamp authority ${what}`);
}
