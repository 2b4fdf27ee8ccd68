import { z } from 'zod';
import { idSchema, instantSchema, nameSchema, uuidSchema } from '../../domain/common.ts';
import { command, query } from '../base.ts';

/** Why somebody looks through a customer's eyes; the customer can read it. */
export const impersonationReasonSchema = z.string().trim().min(3).max(500);

/**
 * Why it is over. `ended`: by the member of staff; `replaced`: by another of theirs; `copied`: the session's cookie was
 * shown by something that is not the desk's view. `signed_out`: its portal session was ended from elsewhere.
 */
export const impersonationEndSchema = z.enum([
  'ended',
  'replaced',
  'expired',
  'idle',
  'copied',
  'staff_signed_out',
  'staff_disabled',
  'permission_revoked',
  'account_disabled',
  'signed_out',
]);
export type ImpersonationEnd = z.infer<typeof impersonationEndSchema>;

/** One look through a customer's eyes, as the member of staff who made it sees it (IM-1 to IM-10). */
export const impersonationSchema = z.object({
  id: uuidSchema,
  customer: z.object({ id: idSchema, name: nameSchema }),
  contact: z.object({ id: idSchema, name: nameSchema }),
  staffName: nameSchema,
  reason: z.string(),
  startedAt: instantSchema,
  /** Null until its address was opened. */
  enteredAt: instantSchema.nullable(),
  /** 30 minutes after it began, whatever happens. */
  expiresAt: instantSchema,
  /** 10 minutes after the last act. */
  idleAt: instantSchema,
  /** Reading only until the second step. */
  mayChange: z.boolean(),
  endedAt: instantSchema.nullable(),
  endReason: impersonationEndSchema.nullable(),
});
export type Impersonation = z.infer<typeof impersonationSchema>;

/** What the desk's view kept somebody from: to leave the portal by any way. */
export const blockedSchema = z.object({
  kind: z.enum(['navigation', 'redirect', 'window', 'request', 'download', 'permission']),
  /** Where it would have led, without query; for a permission its name. */
  target: z.string().max(300),
});
export type Blocked = z.infer<typeof blockedSchema>;

const one = z.object({ id: uuidSchema });
const tag = 'Impersonation';

export const impersonationsContract = {
  /**
   * Gives the address that opens the portal as the contact, once. `viewKeyHash` is the SHA-256 (hex) of a secret that the
   * view sends as `x-comptoir-view` with every request: without it neither the address nor the session's cookie is worth
   * anything. Whoever had another one going has only this one from then on.
   */
  start: command(
    'can_impersonate',
    { method: 'POST', path: '/impersonations', ownTransaction: true },
    tag,
    'Look at the portal as a contact',
    ['impersonation_refused'],
  )
    .input(
      z.object({
        contactId: idSchema,
        reason: impersonationReasonSchema,
        viewKeyHash: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
      }),
    )
    .output(impersonationSchema.extend({ portalUrl: z.url() })),
  /** The caller's own only, as all below. */
  get: query('can_impersonate', '/impersonations/{id}', tag, 'How it stands').input(one).output(impersonationSchema),
  allowChanges: command(
    'can_impersonate',
    { method: 'POST', path: '/impersonations/{id}/allow-changes', successStatus: 200 },
    tag,
    'Take the second step: changes are possible from now on',
    ['impersonation_over'],
  )
    .input(one)
    .output(impersonationSchema),
  /** Kept in the audit; nothing else happens. */
  noteBlocked: command(
    'can_impersonate',
    { method: 'POST', path: '/impersonations/{id}/blocked', successStatus: 204 },
    tag,
    'Say what the view refused',
  )
    .input(one.extend(blockedSchema.shape))
    .output(z.void()),
  /** Ends it, also one that is over already. Open to who may not begin one any more. */
  end: command('signed_in', { method: 'DELETE', path: '/impersonations/{id}', successStatus: 204 }, tag, 'End it')
    .input(one)
    .output(z.void()),
};
