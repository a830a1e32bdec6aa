import { setCurrentDetails } from '@temporalio/workflow';
import type { PushAgainInput } from '../messages.ts';
import { push } from '../payments/finish-paper.ts';

/** A push that failed for good, tried again because a person asked. */
export async function pushAgain(input: PushAgainInput): Promise<void> {
  setCurrentDetails('Pushing the document to the invoice service once more.');
  await push({ workspaceId: input.workspaceId, documentId: input.documentId });
}
