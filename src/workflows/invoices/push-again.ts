import { setCurrentDetails } from '@temporalio/workflow';
import type { PushAgainInput } from '../messages.ts';
import { pushDocument } from './push-document.ts';

/** Repeats a push that finally failed, at the request of a person. */
export async function pushAgain(input: PushAgainInput): Promise<void> {
  setCurrentDetails('Pushing the document to the invoice service once more.');
  await pushDocument({ workspaceId: input.workspaceId, documentId: input.documentId });
}
