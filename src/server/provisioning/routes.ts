import { commands, queries } from '../http/implement.ts';
import { followJob } from './follow-job.ts';
import type { Provisioning } from './index.ts';
import { cancelJob, retryJob } from './job-commands.ts';
import { getJob } from './job-reads.ts';
import { listJobs } from './list-jobs.ts';
import { listJobLogs } from './logs.ts';

type Parts = Pick<Provisioning, 'connectors' | 'feed' | 'enqueue'>;

export function provisioningRoutes({ connectors, feed, enqueue }: Parts) {
  return {
    provisioning: {
      list: queries.provisioning.list.handler(({ context: { db, actor, clock }, input }) =>
        listJobs(db, actor, clock.now(), input),
      ),
      get: queries.provisioning.get.handler(({ context, input }) => getJob(context.db, input.id)),
      events: queries.provisioning.events.handler(({ context, input, signal }) => {
        const ends = [context.closing, ...(signal ? [signal] : [])];
        return followJob(context.db, feed, input.id, AbortSignal.any(ends));
      }),
      logs: queries.provisioning.logs.handler(({ context, input }) => listJobLogs(context.db, input)),
      retry: commands.provisioning.retry.handler(({ context, input }) => retryJob(context, input.id, enqueue)),
      cancel: commands.provisioning.cancel.handler(({ context, input }) =>
        cancelJob(context, input.id, connectors, enqueue),
      ),
    },
  };
}
