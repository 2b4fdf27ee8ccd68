import { z } from 'zod';
import {
  emailSchema,
  idSchema,
  instantSchema,
  languageSchema,
  nameSchema,
  pageOf,
  phoneSchema,
} from '../../domain/common.ts';
import { siteSchema } from '../../domain/customer.ts';
import { passwordSchema } from '../../domain/password.ts';
import {
  notificationPreferencesSchema,
  portalContactSchema,
  portalKeySchema,
  portalMeSchema,
  portalSessionSchema,
} from '../../domain/portal.ts';
import { portalCommand, portalQuery } from './base.ts';

const current = z.string().max(200);
const code = z.string().trim().min(6).max(30);
const backupCodes = z.object({ backupCodes: z.array(z.string()) });

export const portalAccountContract = {
  /** Phone of the contact who is signed in (of the customer, without a contact), and the language of pages and mail. */
  change: portalCommand('session', 'PATCH', '/me', 'Change phone or language')
    .input(z.object({ phone: phoneSchema.nullish(), language: languageSchema.optional() }))
    .output(portalMeSchema),
  /** Sends a link to the new address and a notice to the old one; the address changes when the link is opened (AU-4). */
  changeEmail: portalCommand('account', 'POST', '/account/email', 'Ask for another e-mail address', {
    sensitive: true,
    keyless: true,
    ownTransaction: true,
    successStatus: 202,
    errors: ['password_wrong', 'email_taken', 'account_locked'],
  })
    .input(z.object({ email: emailSchema, password: current }))
    .output(z.object({ pendingEmail: emailSchema })),
  cancelEmail: portalCommand('account', 'DELETE', '/account/email', 'Let a pending address go', {
    sensitive: true,
    successStatus: 204,
  }).output(z.void()),
  /** Ends every other session of the account. */
  changePassword: portalCommand('account', 'POST', '/account/password', 'Change the password', {
    sensitive: true,
    keyless: true,
    ownTransaction: true,
    successStatus: 204,
    errors: ['password_wrong', 'account_locked'],
  })
    .input(z.object({ password: current, newPassword: passwordSchema }))
    .output(z.void()),
  contacts: portalQuery('session', '/account/contacts', 'People of the customer').output(pageOf(portalContactSchema)),
  sites: portalQuery('session', '/account/sites', 'Places of the customer').output(pageOf(siteSchema)),
  notifications: {
    get: portalQuery('session', '/account/notifications', 'What the customer wants to be told', {
      keys: 'none',
    }).output(notificationPreferencesSchema),
    change: portalCommand('session', 'PUT', '/account/notifications', 'Change what the customer is told')
      .input(notificationPreferencesSchema)
      .output(notificationPreferencesSchema),
  },
  twoFactor: {
    get: portalQuery('account', '/account/two-factor', 'How the account is protected').output(
      z.object({ enabled: z.boolean(), backupCodesLeft: z.int(), enabledAt: instantSchema.nullable() }),
    ),
    /** Gives a secret that counts once `confirm` has seen a code of it. */
    begin: portalCommand('account', 'POST', '/account/two-factor', 'Begin two-factor sign-in', {
      sensitive: true,
      keyless: true,
      ownTransaction: true,
      successStatus: 200,
      errors: ['password_wrong', 'two_factor_state', 'account_locked'],
    })
      .input(z.object({ password: current }))
      .output(z.object({ secret: z.string(), otpauthUri: z.string() })),
    /** Ten backup codes, each good once, shown this once. */
    confirm: portalCommand('account', 'POST', '/account/two-factor/confirm', 'Confirm with a first code', {
      sensitive: true,
      keyless: true,
      ownTransaction: true,
      successStatus: 200,
      errors: ['otp_invalid', 'two_factor_state', 'account_locked'],
    })
      .input(z.object({ code }))
      .output(backupCodes),
    renewBackupCodes: portalCommand('account', 'POST', '/account/two-factor/backup-codes', 'New backup codes', {
      sensitive: true,
      keyless: true,
      ownTransaction: true,
      successStatus: 200,
      errors: ['otp_invalid', 'two_factor_state', 'account_locked'],
    })
      .input(z.object({ code }))
      .output(backupCodes),
    disable: portalCommand('account', 'POST', '/account/two-factor/disable', 'Stop two-factor sign-in', {
      sensitive: true,
      keyless: true,
      ownTransaction: true,
      successStatus: 204,
      errors: ['password_wrong', 'otp_invalid', 'two_factor_state', 'account_locked'],
    })
      .input(z.object({ password: current, code }))
      .output(z.void()),
  },
  sessions: {
    list: portalQuery('account', '/account/sessions', 'Where the account is signed in').output(
      pageOf(portalSessionSchema),
    ),
    end: portalCommand('account', 'DELETE', '/account/sessions/{id}', 'Sign out elsewhere', {
      sensitive: true,
      successStatus: 204,
    })
      .input(z.object({ id: z.uuid() }))
      .output(z.void()),
    endOthers: portalCommand('account', 'POST', '/account/sessions/end-others', 'Sign out everywhere else', {
      sensitive: true,
      keyless: true,
      successStatus: 200,
    }).output(z.object({ ended: z.int() })),
  },
  apiKeys: {
    list: portalQuery('session', '/api-keys', 'Keys of the customer’s own programs', { keys: 'none' }).output(
      pageOf(portalKeySchema),
    ),
    /** AK-1: for business customers. The key is shown this once. */
    create: portalCommand('session', 'POST', '/api-keys', 'Make a key', { sensitive: true })
      .input(
        z.object({
          name: nameSchema,
          access: portalKeySchema.shape.access,
          expiresAt: instantSchema.nullable().default(null),
        }),
      )
      .output(portalKeySchema.extend({ key: z.string() })),
    revoke: portalCommand('session', 'DELETE', '/api-keys/{id}', 'Revoke a key', {
      sensitive: true,
      successStatus: 204,
    })
      .input(z.object({ id: idSchema }))
      .output(z.void()),
  },
};
