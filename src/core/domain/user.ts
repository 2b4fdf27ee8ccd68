import { z } from 'zod';
import { emailSchema, idSchema, nameSchema } from './common.ts';

/** What a member of staff may do (contract.md). `admin` implies every other one. */
export const permissionSchema = z.enum([
  'view_customer',
  'create_customer',
  'edit_customer',
  'view_inventory',
  'create_inventory',
  'provision',
  'take_payment',
  'refund',
  'can_impersonate',
  'view_secrets',
  'manage_users',
  'manage_catalogue',
  'manage_api_keys',
  'view_audit',
  'publish_update',
  'manage_desks',
  /** Lets somebody into a customer's portal by a one-use address (the operator's own site). */
  'open_portal',
  /** The portal's look and texts, and where it may be framed. */
  'manage_portal',
  /** Reports what was used to the charging system. */
  'record_usage',
  'admin',
]);
export type Permission = z.infer<typeof permissionSchema>;

export const roleSchema = z.enum(['admin', 'manager', 'support', 'sales', 'finance']);
export type Role = z.infer<typeof roleSchema>;

/** Effective permissions are the union over a user's roles ([o:rbac], domain.md 1.15). */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  admin: permissionSchema.options,
  /** Runs a store: what sales may, its desks, and refunds. */
  manager: [
    'view_customer',
    'create_customer',
    'edit_customer',
    'view_inventory',
    'create_inventory',
    'provision',
    'take_payment',
    'refund',
    'view_secrets',
    'view_audit',
    'manage_desks',
  ],
  support: [
    'view_customer',
    'create_customer',
    'edit_customer',
    'view_inventory',
    'provision',
    'can_impersonate',
    'view_secrets',
    'view_audit',
  ],
  sales: [
    'view_customer',
    'create_customer',
    'edit_customer',
    'view_inventory',
    'create_inventory',
    'provision',
    'take_payment',
    'view_secrets',
  ],
  finance: ['view_customer', 'take_payment', 'refund', 'view_audit'],
};

export function permissionsOf(roles: readonly Role[]): Permission[] {
  const granted = new Set(roles.flatMap((role) => rolePermissions[role]));
  return permissionSchema.options.filter((permission) => granted.has(permission));
}

export const storeSchema = z.object({ id: idSchema, name: nameSchema });
export type Store = z.infer<typeof storeSchema>;

/** The signed-in member of staff. `store` is null for people who work across all stores (admins). */
export const staffUserSchema = z.object({
  id: idSchema,
  name: nameSchema,
  email: emailSchema,
  roles: z.array(roleSchema),
  permissions: z.array(permissionSchema),
  store: storeSchema.nullable(),
  /** Present while a role of theirs forces two-factor sign-in and they have none: until then they may do nothing else. */
  mustEnrolTwoFactor: z.literal(true).optional(),
});
export type StaffUser = z.infer<typeof staffUserSchema>;
