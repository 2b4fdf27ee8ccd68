import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { flagSchema, idSchema, pageInputSchema, pageOf } from '../../domain/common.ts';
import { jobLogSchema, jobSchema, jobStatusSchema } from '../../domain/provisioning.ts';
import { command, query } from '../base.ts';

const tag = 'Provisioning';
const oneJob = z.object({ id: idSchema });

export const provisioningContract = {
  list: query('provision', '/provisioning/jobs', tag, 'The queue, newest first')
    .input(
      pageInputSchema.extend({
        status: jobStatusSchema.optional(),
        storeId: idSchema.optional(),
        customerId: idSchema.optional(),
        /** Failed, or running for longer than it ever should. */
        attention: flagSchema.optional(),
        q: z.string().max(100).optional(),
      }),
    )
    .output(pageOf(jobSchema.omit({ tasks: true }))),
  get: query('provision', '/provisioning/jobs/{id}', tag, 'One job with its tasks').input(oneJob).output(jobSchema),
  events: query(
    'provision',
    '/provisioning/jobs/{id}/events',
    tag,
    'The job at once, then at every change, until it ends',
  )
    .input(oneJob)
    .output(eventIterator(jobSchema)),
  logs: query('provision', '/provisioning/jobs/{id}/logs', tag, 'What the tasks said, oldest first')
    .input(pageInputSchema.extend({ id: idSchema }))
    .output(pageOf(jobLogSchema)),
  retry: command(
    'provision',
    { method: 'POST', path: '/provisioning/jobs/{id}/retry', successStatus: 200 },
    tag,
    'Resume at the failed task with the same service and items',
    ['job_not_retryable'],
  )
    .input(oneJob)
    .output(jobSchema),
  cancel: command(
    'provision',
    { method: 'POST', path: '/provisioning/jobs/{id}/cancel', successStatus: 200 },
    tag,
    'Undo what was done, free the items',
    ['job_not_cancellable'],
  )
    .input(oneJob)
    .output(jobSchema),
};
