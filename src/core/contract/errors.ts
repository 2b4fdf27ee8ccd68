import { z } from 'zod';
import { heldBySchema } from '../domain/inventory.ts';

/**
 * Every error central or the desk's host may answer with. Codes are stable (contract.md); callers translate them.
 * `data` holds the facts that a message needs, never free text meant for staff.
 */
export const errorCatalogue = {
  invalid_input: {
    status: 422,
    message: 'Some fields are not valid.',
    data: z.object({ issues: z.array(z.object({ path: z.string(), message: z.string() })) }).optional(),
  },
  unauthorized: { status: 401, message: 'Sign in first.' },
  invalid_credentials: { status: 401, message: 'E-mail or password is not right.' },
  otp_required: { status: 401, message: 'A one-time code is needed.' },
  account_locked: { status: 423, message: 'Too many failed sign-ins.', data: z.object({ until: z.string() }) },
  forbidden: { status: 403, message: 'You may not do this.', data: z.object({ permission: z.string() }).optional() },
  not_found: { status: 404, message: 'Not found.', data: z.object({ what: z.string() }).optional() },
  rate_limited: {
    status: 429,
    message: 'Too many requests.',
    data: z.object({ retryAfterSeconds: z.number() }).optional(),
  },
  payload_too_large: { status: 413, message: 'The body is too large.' },
  internal_error: { status: 500, message: 'Central failed.', data: z.object({ requestId: z.string() }).optional() },
  unavailable: {
    status: 503,
    message: 'Not available right now.',
    data: z.object({ reason: z.string() }).optional(),
  },
  idempotency_key_required: { status: 400, message: 'Send an Idempotency-Key header.' },
  idempotency_key_reused: { status: 409, message: 'This key was used with another body.' },
  email_taken: { status: 409, message: 'Someone has this e-mail address.' },
  changed_meanwhile: { status: 409, message: 'Someone changed it meanwhile.' },
  possible_duplicate: {
    status: 409,
    message: 'A customer like this exists.',
    data: z.object({ customers: z.array(z.object({ id: z.number(), name: z.string() })) }),
  },
  item_not_available: {
    status: 409,
    message: 'The item is not available.',
    data: z.object({
      itemId: z.number(),
      reason: z.string(),
      heldBy: heldBySchema.nullable(),
      /** The desk whose share it is, for `of_other_desk`. */
      desk: z.object({ name: z.string(), online: z.boolean() }).nullish(),
    }),
  },
  reservation_lapsed: {
    status: 409,
    message: 'The hold on an item has lapsed and someone else took it.',
    data: z.object({ itemId: z.number() }),
  },
  item_exists: { status: 409, message: 'An item with this identifier exists.', data: z.object({ itemId: z.number() }) },
  invalid_transition: {
    status: 409,
    message: 'It can not go from its state to that one.',
    data: z.object({ from: z.string(), to: z.string() }),
  },
  product_not_offered: {
    status: 409,
    message: 'The product is not on offer.',
    data: z.object({ productId: z.number() }),
  },
  not_eligible: {
    status: 409,
    message: 'The product is not for this type of customer.',
    data: z.object({ customerType: z.string() }),
  },
  customer_not_open: { status: 409, message: 'The customer is not open.', data: z.object({ status: z.string() }) },
  no_matching_service: { status: 409, message: 'The add-on fits none of the services.' },
  order_incomplete: {
    status: 422,
    message: 'The order misses something.',
    data: z.object({ missing: z.array(z.string()) }),
  },
  job_not_retryable: { status: 409, message: 'This job can not be retried.', data: z.object({ status: z.string() }) },
  job_not_cancellable: {
    status: 409,
    message: 'This job can not be cancelled.',
    data: z.object({ status: z.string() }),
  },
  /** The desk's credential was withdrawn, or never was. */
  desk_unknown: { status: 401, message: 'Head office does not know this desk.' },
  enrolment_gone: { status: 410, message: 'This code has lapsed or was used.' },
  desk_not_revoked: { status: 409, message: 'Withdraw the desk first.' },
  cursor_unknown: { status: 409, message: 'This cursor is not of this database.' },
  pin_wrong: { status: 401, message: 'The PIN is not right.', data: z.object({ triesLeft: z.int() }) },
  pin_not_usable: {
    status: 403,
    message: 'This person can not unlock this desk with a PIN.',
    data: z.object({ reason: z.enum(['unknown', 'no_pin', 'too_long_ago', 'too_many_tries', 'password_needed']) }),
  },
  /** Staff may not leave before work is sent unless they say so. */
  work_unsent: {
    status: 409,
    message: 'Work is not sent yet.',
    data: z.object({ waiting: z.int(), refused: z.int() }),
  },
  /** The desk's disk is full or can't be written: nothing was kept. */
  not_saved: { status: 507, message: 'It could not be saved on this desk.', data: z.object({ reason: z.string() }) },
  already_settled: { status: 409, message: 'Someone decided about it already.' },
  import_unreadable: {
    status: 422,
    message: 'The file can not be read.',
    data: z.object({ reason: z.string(), line: z.number().nullable() }),
  },
  otp_invalid: { status: 401, message: 'The one-time code is not right.' },
  password_wrong: { status: 403, message: 'The current password is not right.' },
  /** A one-use link that was used, has lapsed, or never was. */
  link_gone: { status: 410, message: 'This link has lapsed or was used.' },
  two_factor_state: {
    status: 409,
    message: 'Two-factor sign-in is not in the state for this.',
    data: z.object({ state: z.enum(['on', 'off', 'not_begun', 'forced']) }),
  },
  /** A role of theirs asks for two-factor sign-in, and they have not set it up. */
  two_factor_needed: { status: 403, message: 'Set up two-factor sign-in first.' },
  csrf_failed: { status: 403, message: 'Load the page again: its token is missing or of another session.' },
  /** The portal session is over; `reason` is why. */
  session_ended: {
    status: 401,
    message: 'The session has ended.',
    data: z.object({ reason: z.string() }),
  },
  /** Whatever protects the customer's account stays out of the hands of who looks through the customer's eyes (IM-9). */
  not_while_impersonating: { status: 403, message: 'Only the customer can do this.' },
  /** The impersonation is still reading only. */
  changes_not_allowed: { status: 403, message: 'Changes are not allowed in this session yet.' },
  no_account: { status: 409, message: 'There is no account for this.' },
  impersonation_refused: {
    status: 409,
    message: 'Nobody can look through the eyes of this contact.',
    data: z.object({ reason: z.enum(['no_account', 'account_locked', 'account_disabled', 'yourself', 'staff']) }),
  },
  impersonation_over: {
    status: 409,
    message: 'The impersonation is over.',
    data: z.object({ reason: z.string() }),
  },
  /** A service that never renews by itself, or has ended. */
  renewal_fixed: {
    status: 409,
    message: 'This service can not renew by itself.',
    data: z.object({ reason: z.enum(['one_off', 'expired', 'cancelled']) }),
  },
  /** A contact without an e-mail address can have no account. */
  email_missing: { status: 409, message: 'The contact has no e-mail address.' },
  account_exists: { status: 409, message: 'The contact has an account already.' },
  /** A contact signs in to the portal with this address: only they change it, with a link to the new one. */
  email_is_login: { status: 409, message: 'The contact signs in with this address.' },
  last_admin: { status: 409, message: 'Someone must stay an administrator.' },
} as const;

export type ErrorCode = keyof typeof errorCatalogue;

/** An error as data: kept with a piece of work, or inside an answer about several. */
export const errorSchema = z.object({
  code: z.string(),
  message: z.string(),
  data: z.unknown().optional(),
});
export type ErrorData = z.infer<typeof errorSchema>;
