import { z } from 'zod';
import { emailSchema, idSchema, instantSchema } from '../../domain/common.ts';
import { passwordSchema } from '../../domain/password.ts';
import { roleSchema } from '../../domain/user.ts';
import { command, query } from '../base.ts';

const tag = 'Accounts';
const current = z.string().max(200);
const code = z.string().trim().min(6).max(30);
const backupCodes = z.object({ backupCodes: z.array(z.string()) });
const forOneself = { keyless: true, ownTransaction: true, beforeEnrolment: true, successStatus: 200 } as const;

export const twoFactorStateSchema = z.object({
  enabled: z.boolean(),
  backupCodesLeft: z.int(),
  enabledAt: instantSchema.nullable(),
  /** A role of theirs asks for it: off means that they must set it up again before anything else. */
  forced: z.boolean(),
});
export type TwoFactorStatus = z.infer<typeof twoFactorStateSchema>;

/** A contact's account in the portal, as staff see it. */
export const contactAccountSchema = z.object({
  contactId: idSchema,
  email: emailSchema,
  /** `invited` until the first password is set. */
  status: z.enum(['invited', 'active', 'disabled']),
  lockedUntil: instantSchema.nullable(),
  twoFactor: z.boolean(),
  lastSignInAt: instantSchema.nullable(),
});
export type ContactAccount = z.infer<typeof contactAccountSchema>;

export const accessPolicySchema = z.object({
  /** Roles whose members must sign in with two factors (AU-7). */
  twoFactorRoles: z.array(roleSchema),
});
export type AccessPolicy = z.infer<typeof accessPolicySchema>;
/** The policy, and how many of each role who may sign in have no second factor yet. */
export const accessPolicyStateSchema = accessPolicySchema.extend({
  withoutTwoFactor: z.record(roleSchema, z.int().nonnegative()),
});
export type AccessPolicyState = z.infer<typeof accessPolicyStateSchema>;

const path = '/customers/{id}/contacts/{contactId}/account';
const ofContact = z.object({ id: idSchema, contactId: idSchema });

export const accountsContract = {
  /** Of the signed-in member of staff. */
  ownAccess: {
    changePassword: command(
      'signed_in',
      { method: 'POST', path: '/me/password', ...forOneself, successStatus: 204 },
      tag,
      'Change the own password; ends every other session',
      ['password_wrong', 'account_locked'],
    )
      .input(z.object({ password: current, newPassword: passwordSchema }))
      .output(z.void()),
    twoFactor: query('signed_in', '/me/two-factor', tag, 'How the own sign-in is protected', [], {
      beforeEnrolment: true,
    }).output(twoFactorStateSchema),
    /** Gives a secret that counts once `confirm` has seen a code of it. */
    beginTwoFactor: command(
      'signed_in',
      { method: 'POST', path: '/me/two-factor', ...forOneself },
      tag,
      'Begin two-factor sign-in',
      ['password_wrong', 'two_factor_state', 'account_locked'],
    )
      .input(z.object({ password: current }))
      .output(z.object({ secret: z.string(), otpauthUri: z.string() })),
    /** Ten backup codes, each good once, shown this once. */
    confirmTwoFactor: command(
      'signed_in',
      { method: 'POST', path: '/me/two-factor/confirm', ...forOneself },
      tag,
      'Confirm two-factor sign-in with a first code',
      ['otp_invalid', 'two_factor_state', 'account_locked'],
    )
      .input(z.object({ code }))
      .output(backupCodes),
    renewBackupCodes: command(
      'signed_in',
      { method: 'POST', path: '/me/two-factor/backup-codes', ...forOneself },
      tag,
      'New backup codes',
      ['otp_invalid', 'two_factor_state', 'account_locked'],
    )
      .input(z.object({ code }))
      .output(backupCodes),
    disableTwoFactor: command(
      'signed_in',
      { method: 'POST', path: '/me/two-factor/disable', ...forOneself, successStatus: 204 },
      tag,
      'Stop two-factor sign-in',
      ['password_wrong', 'otp_invalid', 'two_factor_state', 'account_locked'],
    )
      .input(z.object({ password: current, code }))
      .output(z.void()),
  },
  accessPolicy: {
    get: query('manage_users', '/access/policy', tag, 'Who must sign in with two factors').output(
      accessPolicyStateSchema,
    ),
    change: command(
      'manage_users',
      { method: 'PUT', path: '/access/policy' },
      tag,
      'Change who must sign in with two factors; acts at their next request',
    )
      .input(accessPolicySchema)
      .output(accessPolicyStateSchema),
  },
  contactAccounts: {
    get: query('view_customer', path, tag, 'The portal account of a contact')
      .input(ofContact)
      .output(z.object({ account: contactAccountSchema.nullable() })),
    /** Needs the contact's e-mail address. One that was disabled begins anew. Sends the invitation. */
    create: command('edit_customer', { method: 'POST', path }, tag, 'Give a contact a portal account', [
      'account_exists',
      'email_taken',
      'email_missing',
    ])
      .input(ofContact)
      .output(contactAccountSchema),
    /** Ends its sessions, and every look through its eyes, at once. */
    disable: command(
      'edit_customer',
      { method: 'DELETE', path, successStatus: 204 },
      tag,
      'Take a contact’s portal account away',
      ['no_account'],
    )
      .input(ofContact)
      .output(z.void()),
    invite: command(
      'edit_customer',
      { method: 'POST', path: `${path}/invite`, keyless: true, successStatus: 200 },
      tag,
      'Send the invitation again; for who has a password, a link to a new one',
      ['no_account'],
    )
      .input(ofContact)
      .output(contactAccountSchema),
    unlock: command(
      'edit_customer',
      { method: 'POST', path: `${path}/unlock`, keyless: true, successStatus: 200 },
      tag,
      'Open a portal account that failed sign-ins have locked',
      ['no_account'],
    )
      .input(ofContact)
      .output(contactAccountSchema),
    /** After a check of who they are (AU-8). */
    resetTwoFactor: command(
      'edit_customer',
      { method: 'POST', path: `${path}/reset-two-factor`, keyless: true, successStatus: 200 },
      tag,
      'Take two-factor sign-in off a contact’s account',
      ['no_account'],
    )
      .input(ofContact)
      .output(contactAccountSchema),
  },
};
