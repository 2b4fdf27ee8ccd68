import type { Selectable } from 'kysely';
import { addPeriod } from '#core/domain/period.ts';
import { assertMove, serviceTransitions } from '#core/domain/state-machine.ts';
import type { Tx } from '../database/connection.ts';
import type { ServiceTables } from './tables.ts';

export type ServiceRow = Selectable<ServiceTables['services']>;

async function lockService(tx: Tx, id: number): Promise<ServiceRow> {
  return tx.selectFrom('services').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirstOrThrow();
}

/** Puts a pending service in use until one period from now; one in use stays as it is. Throws on any other state. */
export async function activateService(tx: Tx, id: number, now: Date): Promise<ServiceRow> {
  const service = await lockService(tx, id);
  if (service.status === 'active') return service;
  assertMove(serviceTransitions, service.status, 'active');
  const { period } = service;
  return tx
    .updateTable('services')
    .set({ status: 'active', activatedAt: now, expiresAt: period === null ? null : addPeriod(now, period) })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Ends the service that a cancelled order made; one that is cancelled stays so. */
export async function cancelService(tx: Tx, id: number, now: Date): Promise<void> {
  const service = await lockService(tx, id);
  if (service.status === 'cancelled') return;
  assertMove(serviceTransitions, service.status, 'cancelled');
  await tx.updateTable('services').set({ status: 'cancelled', endedAt: now }).where('id', '=', id).execute();
}
