import type { Draft } from '#core/assignment/draft.ts';
import type { Customer } from '#core/domain/customer.ts';
import type { OutboxEntry } from '#core/sync/outbox.ts';
import { listOpenDrafts } from '../store/drafts.ts';
import { addKnownJob } from '../store/jobs.ts';
import { lastOfDrafts } from '../work-store/entries.ts';
import type { JournalActor } from '../work-store/journal.ts';
import { alignDraft } from './align.ts';
import type { DraftsOptions, Workspace } from './workspace.ts';

/** Brings drafts in line with the outbox, whoever's they are. */
export function createFollowing(options: DraftsOptions, { actOnAny, keep }: Workspace) {
  const { store, work, reads, jobs, outbox, now, log } = options;

  const save = async (before: Draft | undefined, after: Draft): Promise<void> => {
    if (after === before) return;
    const job = after.order?.jobId;
    // Before the draft says so: a crash in between follows a job too many, never one too few.
    if (job !== undefined && before?.order?.jobId !== job) {
      await addKnownJob(store, job, after.userId, now().toISOString());
    }
    await keep(after);
    if (job !== undefined) await jobs.resume();
  };

  /** The draft of an order as the outbox has it. `owner`: who decided, and goes on with a draft that is open again. */
  const align = (draftId: string, owner: JournalActor | null): Promise<void> =>
    actOnAny(draftId, async (draft) => {
      const last = work.read((sql) => lastOfDrafts(sql, draftId))[0];
      if (last === undefined) return;
      const { entry, draft: confirmed } = last;
      const known = draft ?? (entry.state === 'saved' || entry.state === 'refused' ? confirmed : null);
      if (known === null) return;
      const aligned = alignDraft(known, entry, confirmed);
      const isReopened = aligned !== known && aligned.status === 'open';
      await save(draft, isReopened && owner !== null ? { ...aligned, userId: owner.id } : aligned);
    });

  /** Open drafts for a customer made here show head office's row once there is one. */
  const renumber = async ({ localId, settlement, result, type }: OutboxEntry): Promise<void> => {
    if (type !== 'customer.create' || localId === null) return;
    const number = outbox.numbers.get(localId);
    if (number === undefined) return;
    const drafts = (await listOpenDrafts(store)).filter(({ customer }) => customer?.id === localId);
    if (drafts.length === 0) return;
    const customer =
      settlement === 'linked' ? await reads.customers.get({ id: number }) : (result as unknown as Customer);
    for (const { id } of drafts) {
      await actOnAny(id, async (draft) => {
        if (draft?.status === 'open' && draft.customer?.id === number) await keep({ ...draft, customer });
      });
    }
  };
  return {
    align,
    async follow(entry: OutboxEntry, owner: JournalActor | null): Promise<void> {
      if (entry.draftId !== null) await align(entry.draftId, owner);
      if (entry.state === 'accepted' || entry.settlement === 'linked') {
        await renumber(entry).catch((error: unknown) =>
          log.warn({ error: String(error) }, 'a draft keeps its old row'),
        );
      }
    },
  };
}
