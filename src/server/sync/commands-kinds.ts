import type { RouteMeta } from '#core/contract/base.ts';
import { customersContract } from '#core/contract/central/customers.ts';
import { ordersContract } from '#core/contract/central/orders.ts';
import { type Permission, permissionSchema } from '#core/domain/user.ts';
import { type CommandPayload, type CommandResult, type CommandType, commandTypes } from '#core/sync/commands.ts';
import type { CommandContext } from '../context.ts';
import { changeCustomer } from '../customers/change.ts';
import { createContact } from '../customers/contacts.ts';
import { createCustomer } from '../customers/create.ts';
import { createSite } from '../customers/sites.ts';
import { fail } from '../http/errors.ts';
import { type OrderTools, placeOrder } from '../orders/place-order.ts';

/** What a type of command needs and does: the same as the route of the API that it stands for. */
export interface CommandKind {
  readonly permission: Permission;
  /** Throws invalid_input with the fields, and whatever the effect throws. */
  run(context: CommandContext, payload: unknown, tools: OrderTools): Promise<Record<string, unknown>>;
}

interface Route {
  readonly '~orpc': { readonly meta: RouteMeta };
}

function kind<T extends CommandType>(
  type: T,
  route: Route,
  effect: (context: CommandContext, payload: CommandPayload<T>, tools: OrderTools) => Promise<CommandResult<T>>,
): CommandKind {
  return {
    permission: permissionSchema.parse(route['~orpc'].meta.access),
    run: (context, payload, tools) => effect(context, parsed(type, payload), tools),
  };
}

export const commandKinds: Readonly<Record<CommandType, CommandKind>> = {
  'customer.create': kind('customer.create', customersContract.create, createCustomer),
  'customer.change': kind('customer.change', customersContract.change, changeCustomer),
  'contact.create': kind('contact.create', customersContract.createContact, createContact),
  'site.create': kind('site.create', customersContract.createSite, createSite),
  'order.place': kind('order.place', ordersContract.create, placeOrder),
};

function parsed<T extends CommandType>(type: T, payload: unknown): CommandPayload<T> {
  const read = commandTypes[type].payload.safeParse(payload);
  const issues = read.success
    ? negativeNumbers(read.data).map((path) => ({ path, message: 'is an id of the desk itself' }))
    : read.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }));
  if (issues.length > 0) throw fail('invalid_input', { issues });
  return read.data as CommandPayload<T>;
}

/** Where a payload has a number below zero: no field of any payload has one but as an id that a desk made. */
function negativeNumbers(value: unknown, path = ''): string[] {
  if (typeof value === 'number') return value < 0 ? [path] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, field]) => negativeNumbers(field, path === '' ? key : `${path}.${key}`));
}
