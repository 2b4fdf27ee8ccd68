import type { SyncPage } from '#core/sync/rows.ts';
import type { CallingDesk, QueryContext } from '../context.ts';
import { fail } from '../http/errors.ts';
import { queries } from '../http/implement.ts';
import { answersReady, readyJson } from '../http/ready-json.ts';
import { changesPage } from './changes.ts';
import { syncEvents } from './events.ts';
import { pageJson } from './page.ts';
import type { SyncSignals } from './signals.ts';
import { snapshotPage } from './snapshot.ts';

/** What a desk pulls, and how it hears that there is something to pull. */
export function feedRoutes(signals: SyncSignals) {
  return {
    snapshot: answersReady(
      queries.sync.snapshot.handler(async ({ context, input }) =>
        readyJson<SyncPage>(context, pageJson(await snapshotPage(context, deskOf(context), input.cursor))),
      ),
    ),
    changes: answersReady(
      queries.sync.changes.handler(async ({ context, input }) =>
        readyJson<SyncPage>(context, pageJson(await changesPage(context, deskOf(context), input.cursor))),
      ),
    ),
    events: queries.sync.events.handler(({ context, signal }) => {
      const ends = AbortSignal.any([context.closing, ...(signal ? [signal] : [])]);
      const stillThere = async () => (await context.identifyDesk()) !== null;
      return syncEvents({ clock: context.clock, signals, stillThere }, deskOf(context), ends);
    }),
  };
}

function deskOf({ desk }: QueryContext): CallingDesk {
  if (!desk) throw fail('desk_unknown');
  return desk;
}
