import { v7 as uuid } from 'uuid';
import type { Link } from '#core/contract/desk/events.ts';
import type { Enrolment } from '#core/contract/desk/work.ts';
import type { StaffUser } from '#core/domain/user.ts';
import { COMMANDS_AT_ONCE, type Command, type CommandOutcome } from '#core/sync/commands.ts';
import { withRealIds } from '#core/sync/local-ids.ts';
import { blockedBy, type OutboxCounts, type OutboxEntry, type Settlement, sendable } from '#core/sync/outbox.ts';
import type { Central } from '../central/client.ts';
import type { Events } from '../events.ts';
import { fail } from '../failures.ts';
import type { Log } from '../log.ts';
import type { Overlay } from '../reads/overlay.ts';
import { listPage, setUnreadableAside, statusTokenOf } from '../work-store/entries.ts';
import { appendJournal, type JournalActor } from '../work-store/journal.ts';
import { acceptWork, forgetOld, type NewWork, noteTries, refuseWork, saveWork } from '../work-store/outbox.ts';
import type { WorkStore } from '../work-store/work-store.ts';
import { createMirror } from './mirror.ts';
import { createOverlay } from './own-work.ts';
import { createSender } from './sender.ts';
import { choicesOf, type SettleInput, settleEntry } from './settling.ts';

export interface ListedEntry extends OutboxEntry {
  readonly blockedBy: string | null;
  readonly choices: Settlement[];
}

interface ListInput {
  readonly limit: number;
  readonly cursor?: string;
  readonly open: boolean;
  readonly customerId?: number;
}

/** Hears of each entry that changed, once it is on the disk. `owner`: who decided about it. */
export type OutboxListener = (entry: OutboxEntry, owner: JournalActor | null) => Promise<void>;

export interface Outbox {
  counts(): OutboxCounts;
  list(input: ListInput): Promise<{ items: ListedEntry[]; nextCursor: string | null }>;
  settle(input: SettleInput): Promise<{ draftId: string | null }>;
  /** Hands in what waits, after this desk's credential was withdrawn, in the name of who is signed in. */
  handIn(): Promise<{ accepted: number; refused: number }>;
  /** True on an enrolled desk: its work goes through the outbox. */
  isUsed(): boolean;
  /**
   * Keeps a piece of work and waits shortly for head office's answer: `accepted` and `settled` (refused, and told at once)
   * are answers, `saved` says that it goes on by itself. Throws `not_saved` and `item_not_available`.
   */
  perform(work: Omit<NewWork, 'id' | 'actor'> & { readonly id?: string }): Promise<OutboxEntry>;
  /** Whether a customer has changes here that are not sent: head office's version then says nothing. */
  hasUnsent(customerId: number): boolean;
  /** What leads to the status page of an order that went up from here; null for any other. */
  statusTokenOf(orderId: number): string | null;
  /** Head office's numbers of what was made here. */
  readonly numbers: ReadonlyMap<number, number>;
  readonly overlay: Overlay;
  /** Items held here changed: local reads look again. */
  holdsChanged(): void;
  listen(listener: OutboxListener): void;
  /** Sends what is ready now instead of at the next beat. */
  send(): void;
  /** The link went up or down. */
  linkChanged(link: Link): void;
  start(): void;
  stop(): Promise<void>;
}

export interface OutboxOptions {
  readonly store: WorkStore;
  readonly central: { readonly sync: Pick<Central['sync'], 'commands' | 'handIn'> };
  readonly enrolment: { current(): Enrolment; deskId(): string | null };
  readonly link: () => Link;
  readonly person: () => StaffUser;
  readonly events: Pick<Events, 'publish'>;
  /** Tells the windows how the desk stands. */
  readonly announceSync: () => void;
  readonly log: Log;
  /** How long an answer is waited for, ms. */
  readonly soonMs?: number;
  readonly random?: () => number;
}

const SOON_MS = 2_000;
const SEND_TIMEOUT_MS = 15_000;
const OLD_MS = 90 * 24 * 60 * 60 * 1000;

/** The work of this desk on its way to head office: kept before anybody is told so, sent in order, never twice in effect. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { store, central, enrolment, link, person, events, announceSync, log, soonMs = SOON_MS } = options;
  const mirror = createMirror(store);
  const listeners: OutboxListener[] = [];
  const waiting = new Map<string, (entry: OutboxEntry) => void>();
  let holds = 0;
  const isUsed = () => enrolment.current().state === 'enrolled';
  const ready = () => sendable(mirror.open(), mirror.numbers);

  /** After the commit: everyone who shows or follows the entry hears of it. */
  const changed = async (entries: readonly OutboxEntry[], owner: JournalActor | null = null): Promise<void> => {
    if (entries.length === 0) return;
    mirror.put(entries);
    holds += 1;
    for (const entry of entries) events.publish({ type: 'outbox', entry });
    announceSync();
    const told = entries.flatMap((entry) => listeners.map((listener) => listener(entry, owner)));
    for (const result of await Promise.allSettled(told)) {
      if (result.status === 'rejected') log.error({ error: String(result.reason) }, 'an outbox entry was not followed');
    }
  };
  const answer = (outcome: Exclude<CommandOutcome, { outcome: 'later' }>, by: JournalActor | null) => {
    const { id } = outcome;
    const waiter = waiting.get(id);
    const entry =
      outcome.outcome === 'accepted'
        ? acceptWork(store, { id, by, result: outcome.result })
        : refuseWork(store, { id, by, error: outcome.error, present: waiter !== undefined });
    if (entry === null) {
      // An answer that came again, or the file was damaged meanwhile and is another: the file is the truth.
      mirror.reload();
      return;
    }
    void changed([entry]);
    waiter?.(entry);
  };
  const commandOf = ({ id, type, payload, userId, madeAt }: OutboxEntry): Command => ({
    ...{ id, type, userId, madeAt },
    payload: withRealIds(type, payload, mirror.numbers),
  });
  const sender = createSender({
    ready,
    // Without a line it would only be tried in vain; the line's return is heard of.
    maySend: () => isUsed() && link().state !== 'offline',
    send: (entries, signal) =>
      central.sync.commands(entries.map(commandOf), { signal, context: { retry: 0, timeoutMs: SEND_TIMEOUT_MS } }),
    answered: (outcome) => answer(outcome, null),
    notAnswered: (ids, error) => {
      const entries = noteTries(store, ids, error);
      void changed(entries);
      // Nobody waits any longer for what did not arrive: it goes on by itself.
      for (const entry of entries) waiting.get(entry.id)?.(entry);
    },
    unknown: () => log.warn('head office does not know this desk any more: nothing is sent'),
    log,
    random: options.random,
  });

  const answerOf = (entry: OutboxEntry): Promise<OutboxEntry> =>
    new Promise((resolve) => {
      const give = (what: OutboxEntry) => {
        clearTimeout(timer);
        waiting.delete(entry.id);
        resolve(what);
      };
      const timer = setTimeout(() => give(entry), soonMs);
      waiting.set(entry.id, give);
    });
  const actor = (): JournalActor => {
    const { id, name } = person();
    return { id, name };
  };

  return {
    counts: mirror.counts,
    numbers: mirror.numbers,
    overlay: createOverlay(store, mirror, () => holds),
    isUsed,
    statusTokenOf: (orderId) => store.read((sql) => statusTokenOf(sql, orderId)),
    holdsChanged: () => {
      holds += 1;
    },
    hasUnsent: (customerId) =>
      mirror.open().some((entry) => entry.customerId === customerId && entry.type.startsWith('customer.')),
    async list({ limit, cursor, open, customerId }) {
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number.parseInt(cursor, 10) || 0;
      const customerIds = customerId === undefined ? null : idsOf(customerId, mirror.numbers);
      const items = store.read((sql) => listPage(sql, { limit, before, open, customerIds }));
      const entries = mirror.open();
      const listed = items.map((entry) => ({
        ...entry,
        blockedBy: entry.state === 'saved' ? (blockedBy(entry, entries, mirror.numbers)?.id ?? null) : null,
        choices: choicesOf(entry, entries, mirror.numbers),
      }));
      const last = items.at(-1);
      return { items: listed, nextCursor: items.length < limit || last === undefined ? null : String(last.seq) };
    },
    async settle(input) {
      const who = actor();
      const { entry, again, orphans } = settleEntry(store, input, {
        actor: who,
        newId: uuid(),
        entries: mirror.open(),
        numbers: mirror.numbers,
        now: store.now(),
      });
      await changed([entry, ...(again === null ? [] : [again]), ...orphans], who);
      sender.kick();
      const goesOn = input.settlement === 'reopened' || input.settlement === 'retried';
      return { draftId: goesOn ? entry.draftId : null };
    },
    async perform(work) {
      const entry = saveWork(store, { ...work, id: work.id ?? uuid(), actor: actor() });
      const isNew = entry.state === 'saved';
      mirror.put([entry]);
      const mayTravel = isNew && link().state !== 'offline' && isUsed();
      const canGoNow = mayTravel && ready().some(({ id }) => id === entry.id);
      const answered = canGoNow ? answerOf(entry) : entry;
      void changed([entry]);
      if (isNew) sender.kick();
      return answered;
    },
    handIn: () =>
      sender.alone(async () => {
        const deskId = enrolment.deskId();
        if (enrolment.current().state !== 'revoked' || deskId === null) throw fail('desk_not_revoked');
        const by = actor();
        const counts = { accepted: 0, refused: 0 };
        const tried = new Set<string>();
        for (;;) {
          const batch = ready()
            .filter(({ id }) => !tried.has(id))
            .slice(0, COMMANDS_AT_ONCE);
          if (batch.length === 0) {
            store.write((sql) =>
              appendJournal(sql, {
                at: store.now(),
                event: 'work.handed_in',
                actor: by,
                detail: { deskId, ...counts },
              }),
            );
            return counts;
          }
          const outcomes = await central.sync.handIn({ deskId, commands: batch.map(commandOf) });
          for (const { id } of batch) tried.add(id);
          for (const outcome of outcomes) {
            if (!tried.has(outcome.id) || outcome.outcome === 'later') continue;
            counts[outcome.outcome] += 1;
            answer(outcome, by);
          }
        }
      }),
    listen: (listener) => void listeners.push(listener),
    send: sender.kick,
    linkChanged({ state }) {
      if (state === 'online') sender.kickAnew();
    },
    start() {
      const lost = store.write(setUnreadableAside);
      if (lost > 0) log.error({ lost }, 'entries of the outbox can not be read any more and are set aside');
      forgetOld(store, new Date(store.now().getTime() - OLD_MS));
      sender.kick();
    },
    stop: sender.stop,
  };
}

/** A customer's number and the desk's own ids for it. */
function idsOf(customerId: number, numbers: ReadonlyMap<number, number>): number[] {
  const own = [...numbers].filter(([localId, number]) => number === customerId || localId === customerId);
  return [...new Set([customerId, ...own.flat()])];
}

export type { SettleInput };
