import type { ReviewReason } from '../../domain/payment.ts';
import { durable, failureCode, localFirst, patient, quick, refusalSentence } from '../call-policies.ts';

/**
 * Pushes a document to the invoice service, quickly at first and then patiently. A push that finally failed opens a review,
 * but does not change the payment. `onTrouble` is called when the quick try did not do.
 */
export async function pushDocument(
  document: { readonly workspaceId: string; readonly documentId: string },
  onTrouble: () => void = () => undefined,
): Promise<ReviewReason | null> {
  try {
    return await localFirst(
      () => quick.pushDocument(document),
      () => {
        onTrouble();
        return patient.pushDocument(document);
      },
    );
  } catch (failure) {
    const sentence = refusalSentence(failure);
    return durable.giveUpPush({
      ...document,
      reason: failureCode(failure),
      ...(sentence === null ? {} : { sentence }),
    });
  }
}
