import { MOST_USAGE_RECORDS } from '#core/contract/central/usage.ts';
import { fail } from '../http/errors.ts';
import { commands, queries } from '../http/implement.ts';
import { reportUsage } from './report-usage.ts';
import { listUsageEntries, usageOfService } from './usage.ts';

export const usageRoutes = {
  usage: {
    record: commands.usage.record.handler(async ({ context, input }) => ({
      results: await reportUsage(context, reportsOf(input)),
    })),
    ofService: queries.usage.ofService.handler(({ context: { db, clock }, input }) =>
      usageOfService(db, { serviceId: input.id }, clock.now()),
    ),
    recordsOfService: queries.usage.recordsOfService.handler(({ context: { db }, input: { id, ...page } }) =>
      listUsageEntries(db, { serviceId: id, ...page }),
    ),
  },
};

/** One report, or those of a batch; a batch that is no list of 1 to 1,000 is refused as a whole. */
function reportsOf(input: object): readonly unknown[] {
  if (!('records' in input)) return [input];
  const { records } = input;
  if (Array.isArray(records) && records.length > 0 && records.length <= MOST_USAGE_RECORDS) return records;
  throw fail('invalid_input', { issues: [{ path: 'records', message: 'must be a list of 1 to 1,000 records' }] });
}
