import { z } from 'zod';
import { emailSchema, languageSchema } from '../../domain/common.ts';
import { passwordSchema } from '../../domain/password.ts';
import { brandSchema, hideableSchema, portalMeSchema, redirectSchema } from '../../domain/portal.ts';
import { portalCommand, portalQuery } from './base.ts';

const knock = { keyless: true, ownTransaction: true, successStatus: 200 } as const;
const token = z.string().min(1).max(200);

/** The brand as a page needs it: its texts in one language, and nothing about frames. */
export const shownBrandSchema = brandSchema.pick({ name: true, colours: true }).extend({
  /** Address of the operator's own picture; null shows the name. */
  logo: z.string().nullable(),
  language: languageSchema,
  hidden: z.array(hideableSchema),
  redirects: z.partialRecord(redirectSchema, z.string()),
  texts: z.record(z.string(), z.string()),
  /** Address of the operator's own style sheet; null when there is none. */
  cssUrl: z.string().nullable(),
});
export type ShownBrand = z.infer<typeof shownBrandSchema>;

export const portalAccessContract = {
  auth: {
    /**
     * Sets the session cookie. `otp` is a code of the authenticator or a backup code; asked for by `otp_required`.
     * `remember` keeps the session for 30 days (AU-1).
     */
    login: portalCommand('public', 'POST', '/auth/login', 'Sign a customer in', {
      ...knock,
      errors: ['invalid_credentials', 'account_locked', 'otp_required', 'otp_invalid'],
    })
      .input(
        z.object({
          email: z.string().max(254),
          password: z.string().max(200),
          otp: z.string().trim().max(30).optional(),
          remember: z.boolean().default(false),
        }),
      )
      .output(portalMeSchema),
    logout: portalCommand('public', 'POST', '/auth/logout', 'End this session', {
      ...knock,
      successStatus: 204,
    }).output(z.void()),
    /** The same answer, in the same time, whether anybody has the address or not (AU-5). */
    forgot: portalCommand('public', 'POST', '/auth/forgot', 'Send a link to set a new password', {
      ...knock,
      successStatus: 202,
    })
      .input(z.object({ email: z.string().trim().max(254), language: languageSchema.optional() }))
      .output(z.object({ accepted: z.literal(true) })),
    /** Whether a link still works, and for whom: `staff` come back to their desk afterwards. */
    checkReset: portalCommand('public', 'POST', '/auth/reset/check', 'Look at a password link', {
      ...knock,
      errors: ['link_gone'],
    })
      .input(z.object({ token }))
      .output(
        z.object({ kind: z.enum(['customer', 'staff']), purpose: z.enum(['reset', 'invitation']), email: z.string() }),
      ),
    reset: portalCommand('public', 'POST', '/auth/reset', 'Set a new password with a link', {
      ...knock,
      successStatus: 204,
      errors: ['link_gone'],
    })
      .input(z.object({ token, password: passwordSchema }))
      .output(z.void()),
    verifyEmail: portalCommand('public', 'POST', '/auth/verify-email', 'Confirm a new address with its link', {
      ...knock,
      errors: ['link_gone', 'email_taken'],
    })
      .input(z.object({ token }))
      .output(z.object({ email: emailSchema })),
  },
  brand: portalQuery('public', '/brand', 'The operator’s look')
    .input(z.object({ language: languageSchema.optional() }))
    .output(shownBrandSchema),
  me: portalQuery('session', '/me', 'Who is signed in', { keys: 'none' }).output(portalMeSchema),
  impersonation: {
    /** The second, audited step: from now on staff may change what is not the customer's own to protect. */
    allowChanges: portalCommand('session', 'POST', '/impersonation/allow-changes', 'Allow changes', {
      keyless: true,
      always: true,
      successStatus: 200,
    }).output(portalMeSchema),
    end: portalCommand('session', 'POST', '/impersonation/end', 'Stop looking through the customer’s eyes', {
      keyless: true,
      always: true,
      successStatus: 204,
    }).output(z.void()),
  },
};
