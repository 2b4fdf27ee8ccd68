import { z } from 'zod';
import { activateService } from '../../services/write.ts';
import { defineAction } from '../action.ts';
import { preconditionFailed } from '../failure.ts';

/** Completes the service's record and puts it in use: active from now, until the end of its period. */
export const createServiceRecordAction = defineAction(z.strictObject({}), async ({ job, clock, write }) => {
  const { serviceId } = job;
  if (serviceId === null) throw preconditionFailed('the order has no service');
  const service = await write((tx) => activateService(tx, serviceId, clock.now()));
  return { service: service.id, name: service.name, expiresAt: service.expiresAt?.toISOString() ?? null };
});
