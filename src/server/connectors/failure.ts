/** Codes of `taskError` (domain/provisioning.ts); each has a message in shop language in the catalogues. */
export type FailureCode =
  | 'connector_unreachable'
  | 'connector_refused'
  | 'connector_bad_answer'
  | 'timeout'
  | 'precondition_failed'
  | 'internal';

/** An action that did not do what it should. `technical` is for the log; `data` holds the facts of the message. */
export class ActionFailure extends Error {
  readonly code: FailureCode;
  readonly data: Record<string, unknown>;

  constructor(code: FailureCode, technical: string, data: Record<string, unknown> = {}, cause?: unknown) {
    super(technical, { cause });
    this.name = 'ActionFailure';
    this.code = code;
    this.data = data;
  }
}

/** Another attempt may help: nobody said no. A refusal stays a refusal however often it is asked. */
export function isTransient(failure: ActionFailure): boolean {
  return failure.code === 'connector_unreachable' || failure.code === 'timeout';
}

export const unreachable = (technical: string, data?: Record<string, unknown>, cause?: unknown) =>
  new ActionFailure('connector_unreachable', technical, data, cause);
export const refused = (technical: string, data?: Record<string, unknown>) =>
  new ActionFailure('connector_refused', technical, data);
export const badAnswer = (technical: string, data?: Record<string, unknown>) =>
  new ActionFailure('connector_bad_answer', technical, data);
export const preconditionFailed = (technical: string, data?: Record<string, unknown>) =>
  new ActionFailure('precondition_failed', technical, data);
