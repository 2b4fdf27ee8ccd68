import type { SyncState } from '#core/contract/desk/work.ts';
import type { StaffUser } from '#core/domain/user.ts';
import type { Central } from '../central/client.ts';
import type { Directory } from '../directory/directory.ts';
import type { DeskEnrolment } from '../enrolment/enrolment.ts';
import { fail } from '../failures.ts';
import type { Journal } from '../journal/journal.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { DeskSession } from '../session/session.ts';
import type { StaffPins } from '../staff/staff.ts';
import type { DeskImplementer, DeskRouter } from './implementer.ts';

export interface WorkOptions {
  readonly central: Central;
  readonly session: DeskSession;
  readonly person: () => StaffUser;
  readonly enrolment: DeskEnrolment;
  readonly directory: Directory;
  readonly outbox: Outbox;
  readonly staff: StaffPins;
  readonly journal: Journal;
  readonly syncState: () => SyncState;
  readonly now: () => Date;
}

type WorkRouter = Pick<DeskRouter, 'enrolment' | 'desks' | 'sync' | 'outbox' | 'staff' | 'journal'>;

/** The methods for working without a line; each hands its input to the part that does the work. */
export function workRouter(desk: DeskImplementer, options: WorkOptions): WorkRouter {
  const { central, session, person, enrolment, directory, outbox, staff, journal, syncState, now } = options;
  return {
    enrolment: {
      get: desk.enrolment.get.handler(enrolment.current),
      request: desk.enrolment.request.handler(enrolment.request),
      enrolHere: desk.enrolment.enrolHere.handler(({ input }) => enrolment.enrolHere(input)),
    },
    desks: {
      list: desk.desks.list.handler(() => central.desks.list()),
      pending: desk.desks.pending.handler(() => central.desks.pending()),
      approve: desk.desks.approve.handler(({ input }) => central.desks.approveEnrolment(input)),
      revoke: desk.desks.revoke.handler(({ input }) => central.desks.revoke(input)),
      reclaimStock: desk.desks.reclaimStock.handler(({ input }) => central.desks.reclaimStock(input)),
    },
    sync: {
      state: desk.sync.state.handler(syncState),
      now: desk.sync.now.handler(async () => {
        outbox.send();
        await directory.caughtUp(SHORTLY_MS);
      }),
    },
    outbox: {
      list: desk.outbox.list.handler(({ input }) => outbox.list(input)),
      settle: desk.outbox.settle.handler(({ input }) => outbox.settle(input)),
      handIn: desk.outbox.handIn.handler(outbox.handIn),
    },
    staff: {
      known: desk.staff.known.handler(staff.known),
      unlock: desk.staff.unlock.handler(({ input }) => session.unlock(input)),
      setPin: desk.staff.setPin.handler(({ input }) => {
        // A PIN that could set a PIN would make itself last for ever.
        if (session.state().by !== 'password') throw fail('forbidden');
        return staff.setPin(person(), input.pin);
      }),
      removePin: desk.staff.removePin.handler(() => staff.removePin(person())),
    },
    journal: {
      list: desk.journal.list.handler(({ input }) => journal.list(input)),
      verify: desk.journal.verify.handler(() => journal.verify()),
      export: desk.journal.export.handler(async () => ({
        filename: `comptoir-journal-${now().toISOString().slice(0, 10)}.jsonl`,
        text: await journal.text(),
      })),
    },
  };
}

/** How long someone who asks for it waits for the directory; it goes on by itself. */
const SHORTLY_MS = 3_000;
