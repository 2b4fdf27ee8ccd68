import Database from 'better-sqlite3';
import type { Draft, DraftItem } from '#core/assignment/draft.ts';
import type { Link } from '#core/contract/desk/events.ts';
import type { Item } from '#core/domain/inventory.ts';
import type { StaffUser } from '#core/domain/user.ts';
import type { Central } from '../central/client.ts';
import type { Events } from '../events.ts';
import { fail } from '../failures.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Log } from '../log.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { findDraft, getDraft, saveDraft } from '../store/drafts.ts';
import type { Store } from '../store/store.ts';
import type { WorkStore } from '../work-store/work-store.ts';
import type { Holds } from './holds.ts';
import { withNumbers } from './numbers.ts';
import { createKeyedQueue } from './queue.ts';
import type { DraftReads } from './reads.ts';

export interface DraftsOptions {
  readonly store: Store;
  readonly work: WorkStore;
  readonly outbox: Outbox;
  readonly central: Central;
  /** Local first on an enrolled desk. */
  readonly reads: DraftReads;
  readonly link: () => Link;
  readonly holds: Holds;
  readonly events: Events;
  readonly jobs: Pick<Jobs, 'follow' | 'resume'>;
  /** The signed-in person; throws when there is none. */
  readonly person: () => StaffUser;
  /** An item's facts, without asking central again right after a scan. */
  readonly itemFacts: (id: number) => Promise<Item>;
  readonly now: () => Date;
  readonly log: Log;
}

/** What every act on a draft is made of: in turn, on the saved draft, saved before it is answered, then announced. */
export function createWorkspace({ store, outbox, holds, events, person, now }: DraftsOptions) {
  const { inTurn, settled } = createKeyedQueue();

  const load = async (draftId: string): Promise<Draft> => {
    const draft = await getDraft(store, person().id, draftId);
    if (draft === undefined) throw fail('not_found', { what: 'draft' });
    return withNumbers(draft, outbox.numbers);
  };
  /** Saves, announces, then lets go what the draft no longer needs. */
  const keep = async (changed: Draft, released: readonly DraftItem[] = []): Promise<Draft> => {
    const draft = { ...changed, updatedAt: now().toISOString() };
    await saveDraft(store, draft).catch((error: unknown) => {
      throw error instanceof Database.SqliteError ? fail('not_saved', { reason: 'disk_error' }) : error;
    });
    if (draft.status === 'discarded') events.publish({ type: 'draftRemoved', draftId: draft.id });
    else events.publish({ type: 'draft', draft });
    holds.release(draft.id, released);
    return draft;
  };
  return {
    load,
    keep,
    settled,
    /** Runs an act on a draft in any state. */
    act: <T>(draftId: string, task: (draft: Draft) => Promise<T>): Promise<T> =>
      inTurn(draftId, async () => task(await load(draftId))),
    /** Runs an act that only an open draft takes; for a screen that shows an older state, others are not there. */
    actOnOpen: <T>(draftId: string, task: (draft: Draft) => Promise<T>): Promise<T> =>
      inTurn(draftId, async () => {
        const draft = await load(draftId);
        if (draft.status !== 'open') throw fail('not_found', { what: 'draft' });
        return task(draft);
      }),
    /** Runs what the desk itself does with a draft, whoever's it is; undefined when there is none. */
    actOnAny: <T>(draftId: string, task: (draft: Draft | undefined) => Promise<T>): Promise<T> =>
      inTurn(draftId, async () => {
        const draft = await findDraft(store, draftId);
        return task(draft === undefined ? undefined : withNumbers(draft, outbox.numbers));
      }),
  };
}

export type Workspace = ReturnType<typeof createWorkspace>;
