import { hasPermission } from '#core/domain/granted.ts';
import { type Permission, permissionsOf } from '#core/domain/user.ts';
import type { Command } from '#core/sync/commands.ts';
import { deskActor } from '../access/identify.ts';
import type { Actor, CallingDesk } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import { fail } from '../http/errors.ts';

/** By which way commands come in: from the desk where they were made, or handed in by a person once it was withdrawn. */
export interface Door {
  readonly desk: CallingDesk;
  readonly manager: Actor | null;
}

/** Who a command counts for. */
export interface Originator {
  readonly actor: Actor;
  /** Who did it at the desk, when another handed it in. */
  readonly effective: { readonly id: number; readonly name: string } | null;
  /** Throws forbidden unless this person may do what asks for the permission. */
  require(permission: Permission): void;
}

/**
 * The person a command names, with the permissions of now, at the store of the desk. Handed in, the manager is the one who
 * acts and whose permissions decide, in the name of that person.
 */
export async function originatorOf(reader: Reader, door: Door, { userId }: Command): Promise<Originator> {
  const user = await reader
    .selectFrom('users')
    .select(['id', 'name', 'roles', 'storeId', 'enabled'])
    .where('id', '=', userId)
    .executeTakeFirst();
  return user === undefined ? stranger(door) : known(door, user);
}

type Person = { id: number; name: string; roles: Parameters<typeof permissionsOf>[0]; storeId: number | null };

function known(
  { desk, manager }: Door,
  { id, name, roles, storeId, enabled }: Person & { enabled: boolean },
): Originator {
  const ownStore = storeId === null || storeId === desk.storeId;
  const person: Actor = { kind: 'user', id, name, permissions: permissionsOf(roles), storeId: desk.storeId };
  const actor = manager === null ? person : { ...manager, storeId: desk.storeId };
  return {
    actor,
    effective: manager === null || manager.id === id ? null : { id, name },
    require(permission) {
      if (manager === null && !(enabled && ownStore)) throw fail('forbidden');
      if (!hasPermission(actor.permissions, permission)) throw fail('forbidden', { permission });
    },
  };
}

/** Nobody has this id: a desk does not say such a thing by itself, so nothing is done. */
function stranger({ desk, manager }: Door): Originator {
  return {
    actor: manager ?? deskActor(desk),
    effective: null,
    require() {
      throw fail('forbidden');
    },
  };
}
