import type { z } from 'zod';
import type { pendingEnrolmentSchema } from '#core/contract/central/desks.ts';
import type { Reader } from '../database/connection.ts';
import { showCode } from './codes.ts';

/** Desks that wait for somebody's approval, oldest first. */
export async function listPending(reader: Reader, now: Date): Promise<z.infer<typeof pendingEnrolmentSchema>[]> {
  const rows = await reader
    .selectFrom('deskEnrolments')
    .select(['code', 'machine', 'requestedAt', 'expiresAt'])
    .where('deskId', 'is', null)
    .where('expiresAt', '>', now)
    .orderBy('requestedAt')
    .execute();
  return rows.map(({ code, machine, requestedAt, expiresAt }) => ({
    ...{ code: showCode(code), machine },
    requestedAt: requestedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  }));
}
