import { allHandlersFinished, condition, setCurrentDetails, setHandler } from '@temporalio/workflow';
import { durable, localFirst, quick } from '../call-policies.ts';
import type { CheckAnswer, ResolveReviewInput } from '../messages.ts';
import { resolveUpdate } from '../messages.ts';
import { finishDocument } from '../payments/finish-paper.ts';

/** Carries out the decision of a person about a review, then prints and pushes the resulting documents. */
export async function resolveReview(input: ResolveReviewInput): Promise<CheckAnswer> {
  const view: { answer: CheckAnswer | null } = { answer: null };
  setHandler(resolveUpdate, async (): Promise<CheckAnswer> => {
    await condition(() => view.answer !== null);
    return view.answer ?? { status: 'creating', review: null };
  });
  setCurrentDetails('Carrying out the decision about the review.');
  const order = { workspaceId: input.workspaceId, resolutionId: input.resolutionId };
  const applied = await localFirst(
    () => quick.applyResolution(order),
    () => durable.applyResolution(order),
  );
  view.answer = { status: applied.status, review: applied.review };
  for (const documentId of applied.documentIds) {
    await finishDocument(input, documentId);
  }
  setCurrentDetails(`Done: the payment is ${applied.status}.`);
  await condition(allHandlersFinished);
  return view.answer;
}
