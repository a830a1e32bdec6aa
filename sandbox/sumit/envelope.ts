import type { Answer } from '../vendor.ts';

/** SUMIT always answers 200, with the outcome inside. Source: its OpenAPI file, `Teva.Common.ResponseStatus`. */
export const STATUS = { success: 0, businessError: 1, technicalError: 2 } as const;

export const ok = (data: unknown): Answer => ({
  status: 200,
  json: { Status: STATUS.success, UserErrorMessage: null, TechnicalErrorDetails: null, Data: data },
});

/** A refusal; `reason` is for readers of the recorded calls. */
export const refuse = (reason: string): Answer => ({
  status: 200,
  json: {
    Status: STATUS.businessError,
    UserErrorMessage: `הבקשה אינה תקינה: ${reason}`,
    TechnicalErrorDetails: null,
    Data: null,
  },
});

export const trouble = {
  Status: STATUS.technicalError,
  UserErrorMessage: 'אירעה שגיאה, נסו שוב',
  TechnicalErrorDetails: 'sandbox',
  Data: null,
};
