import { z } from 'zod';
import {
  emailSchema,
  idSchema,
  instantSchema,
  languageSchema,
  nameSchema,
  pageInputSchema,
  pageOf,
} from '../../domain/common.ts';
import { activitySchema } from '../../domain/customer.ts';
import { passwordSchema } from '../../domain/password.ts';
import { permissionSchema, roleSchema, staffUserSchema, storeSchema } from '../../domain/user.ts';
import { command, query } from '../base.ts';

export const sessionSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** When the access token lapses; refresh before. */
  expiresAt: instantSchema,
  user: staffUserSchema,
});
export type Session = z.infer<typeof sessionSchema>;

const refreshInputSchema = z.object({ refreshToken: z.string().min(1).max(500) });

export const managedUserSchema = staffUserSchema.extend({
  enabled: z.boolean(),
  lockedUntil: instantSchema.nullable(),
  twoFactor: z.boolean(),
});
export const apiKeySchema = z.object({
  id: idSchema,
  name: nameSchema,
  hint: z.string(),
  permissions: z.array(permissionSchema),
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  lastUsedAt: instantSchema.nullable(),
  status: z.enum(['active', 'expired', 'revoked']),
});

export const accessContract = {
  auth: {
    login: command(
      'public',
      { method: 'POST', path: '/auth/login', successStatus: 200, keyless: true, ownTransaction: true },
      'Sign-in',
      'Sign a member of staff in',
      ['invalid_credentials', 'account_locked', 'otp_required', 'otp_invalid'],
    )
      .input(
        z.object({
          email: z.string().max(254),
          password: z.string().max(200),
          /** Of the authenticator, or a backup code; asked for by `otp_required`. */
          otp: z.string().trim().max(30).optional(),
        }),
      )
      .output(sessionSchema),
    refresh: command(
      'public',
      { method: 'POST', path: '/auth/refresh', successStatus: 200, keyless: true, ownTransaction: true },
      'Sign-in',
      'Exchange a refresh token for a new pair; a used one revokes its whole family',
    )
      .input(refreshInputSchema)
      .output(sessionSchema),
    logout: command(
      'public',
      { method: 'POST', path: '/auth/logout', successStatus: 204, keyless: true, ownTransaction: true },
      'Sign-in',
      'End the session of a refresh token',
    )
      .input(refreshInputSchema)
      .output(z.void()),
    /** The same answer, in the same time, whether anybody has the address or not (AU-5). */
    forgot: command(
      'public',
      { method: 'POST', path: '/auth/forgot', successStatus: 202, keyless: true, ownTransaction: true },
      'Sign-in',
      'Mail a link to set a new password',
    )
      .input(z.object({ email: z.string().trim().max(254), language: languageSchema.optional() }))
      .output(z.object({ accepted: z.literal(true) })),
  },
  me: query('signed_in', '/me', 'Sign-in', 'The signed-in member of staff', [], { beforeEnrolment: true }).output(
    staffUserSchema,
  ),
  stores: {
    list: query('signed_in', '/stores', 'Stores', 'The operator’s stores').output(pageOf(storeSchema)),
  },
  users: {
    list: query('manage_users', '/users', 'Staff', 'Members of staff')
      .input(pageInputSchema)
      .output(pageOf(managedUserSchema)),
    create: command('manage_users', { method: 'POST', path: '/users' }, 'Staff', 'Add a member of staff', [
      'email_taken',
    ])
      .input(
        z.object({
          name: nameSchema,
          email: emailSchema,
          password: passwordSchema,
          roles: z.array(roleSchema).min(1),
          storeId: idSchema.nullish(),
        }),
      )
      .output(managedUserSchema),
    change: command('manage_users', { method: 'PATCH', path: '/users/{id}' }, 'Staff', 'Change a member of staff', [
      'last_admin',
    ])
      .input(
        z.object({
          id: idSchema,
          name: nameSchema.optional(),
          roles: z.array(roleSchema).min(1).optional(),
          storeId: idSchema.nullish(),
          enabled: z.boolean().optional(),
          unlock: z.boolean().optional(),
          /** Takes two-factor sign-in off, after a check of who they are (AU-8). */
          resetTwoFactor: z.literal(true).optional(),
        }),
      )
      .output(managedUserSchema),
  },
  apiKeys: {
    list: query('manage_api_keys', '/api-keys', 'API keys', 'Keys of other programs')
      .input(pageInputSchema)
      .output(pageOf(apiKeySchema)),
    create: command('manage_api_keys', { method: 'POST', path: '/api-keys' }, 'API keys', 'Make a key; shown once')
      .input(
        z.object({
          name: nameSchema,
          permissions: z.array(permissionSchema).min(1),
          expiresAt: instantSchema.nullish(),
        }),
      )
      .output(apiKeySchema.extend({ key: z.string() })),
    revoke: command(
      'manage_api_keys',
      { method: 'DELETE', path: '/api-keys/{id}', successStatus: 204 },
      'API keys',
      'Revoke a key',
    )
      .input(z.object({ id: idSchema }))
      .output(z.void()),
  },
  audit: {
    list: query('view_audit', '/audit', 'Audit', 'Who did what, newest first')
      .input(pageInputSchema)
      .output(pageOf(activitySchema)),
    verify: query('view_audit', '/audit/verify', 'Audit', 'Check the hash chain').output(
      z.object({ entries: z.int(), intact: z.boolean(), brokenAt: z.int().nullable() }),
    ),
  },
};
