import type { ItemStatus } from './inventory.ts';
import type { JobStatus, OrderStatus, TaskStatus } from './provisioning.ts';
import type { ServiceStatus } from './service.ts';

/** For each state, the states it may move to. A state with no exits is final. */
export type Transitions<S extends string> = Readonly<Record<S, readonly S[]>>;

export const itemTransitions: Transitions<ItemStatus> = {
  new: ['in_stock', 'reserved', 'faulty', 'retired'],
  in_stock: ['reserved', 'sold', 'faulty', 'retired'],
  reserved: ['new', 'in_stock', 'assigned', 'faulty', 'retired'],
  assigned: ['in_stock', 'faulty', 'retired'],
  sold: ['in_stock', 'faulty'],
  faulty: ['in_stock', 'retired'],
  retired: [],
};

export const orderTransitions: Transitions<OrderStatus> = {
  accepted: ['provisioning', 'cancelled'],
  provisioning: ['active', 'failed', 'cancelled'],
  failed: ['provisioning', 'cancelled'],
  active: [],
  cancelled: [],
};

export const jobTransitions: Transitions<JobStatus> = {
  queued: ['running', 'cancelled'],
  running: ['succeeded', 'failed', 'cancelled'],
  failed: ['queued', 'cancelled'],
  succeeded: [],
  cancelled: [],
};

export const taskTransitions: Transitions<TaskStatus> = {
  pending: ['running', 'skipped'],
  running: ['succeeded', 'failed', 'failed_ignored', 'skipped'],
  failed: ['running', 'pending'],
  succeeded: [],
  failed_ignored: [],
  skipped: [],
};

export const serviceTransitions: Transitions<ServiceStatus> = {
  pending: ['active', 'cancelled'],
  active: ['suspended', 'expired', 'cancelled'],
  suspended: ['active', 'expired', 'cancelled'],
  expired: ['active', 'cancelled'],
  cancelled: [],
};

export function canMove<S extends string>(table: Transitions<S>, from: S, to: S): boolean {
  return table[from].includes(to);
}

/** Throws when the table has no such move: the caller checked its guard, so this is a bug and must not pass silently. */
export function assertMove<S extends string>(table: Transitions<S>, from: S, to: S): void {
  if (!canMove(table, from, to)) throw new Error(`no transition from ${from} to ${to}`);
}
