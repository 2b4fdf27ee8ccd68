import { setTimeout as delay } from 'node:timers/promises';
import type { SyncEvent } from '#core/contract/central/desks.ts';
import type { CallingDesk, Clock } from '../context.ts';
import type { SyncSignals } from './signals.ts';

/** Changes are told so often at most. */
const CHANGES_EVERY_MS = 250;
/** A desk that listens is heard of so often, and its credential looked at. */
const SEEN_EVERY_MS = 10_000;

export interface EventDeps {
  readonly clock: Clock;
  readonly signals: SyncSignals;
  /** Notes that the desk is there; false when its credential was withdrawn meanwhile. */
  readonly stillThere: () => Promise<boolean>;
}

/**
 * `hello`, then what there is to do as it comes up, until `ended` or the credential is withdrawn. Many changes in quick
 * succession are told once, the last of them never later than CHANGES_EVERY_MS.
 */
export async function* syncEvents(
  { clock, signals, stillThere }: EventDeps,
  { id: deskId }: Pick<CallingDesk, 'id'>,
  ended: AbortSignal,
): AsyncGenerator<SyncEvent, void, void> {
  const news = collectNews(signals, deskId, ended);
  try {
    if (!(await stillThere())) return;
    yield { type: 'hello', at: clock.now().toISOString(), deskId };
    // What changed between the desk's last pull and this subscription was told to nobody.
    yield { type: 'changes' };
    let seenAt = performance.now();
    while (!ended.aborted) {
      await news.wait(SEEN_EVERY_MS);
      if (news.takeDoubt() || performance.now() - seenAt >= SEEN_EVERY_MS) {
        if (!(await stillThere())) return;
        seenAt = performance.now();
      }
      const itemIds = news.takeAsked();
      if (itemIds.length > 0) yield { type: 'give_back', itemIds };
      if (news.takeChanges()) yield { type: 'changes' };
    }
  } finally {
    news.end();
  }
}

/** Keeps what came up until it is taken; changes come up again only after their pause. */
function collectNews(signals: SyncSignals, deskId: string, ended: AbortSignal) {
  let changed = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  let asked = new Set<number>();
  let doubted = false;
  let wake = () => {};
  const unsubscribe = signals.subscribe(deskId, {
    changes() {
      changed = true;
      wake();
    },
    doubt() {
      doubted = true;
      wake();
    },
    giveBack(itemIds) {
      for (const id of itemIds) asked.add(id);
      wake();
    },
  });
  const untilChanges = () => Math.max(0, toldAt + CHANGES_EVERY_MS - performance.now());
  const sleep = async (milliseconds: number) => {
    const woken = new AbortController();
    wake = () => woken.abort();
    const signal = AbortSignal.any([woken.signal, ended]);
    await delay(milliseconds, undefined, { signal }).catch(() => undefined);
  };
  return {
    /** Until something can be taken, or so many milliseconds. */
    async wait(milliseconds: number) {
      const end = performance.now() + milliseconds;
      while (!ended.aborted && asked.size === 0 && !doubted && !(changed && untilChanges() === 0)) {
        const left = end - performance.now();
        if (left <= 0) return;
        await sleep(changed ? Math.min(left, untilChanges()) : left);
      }
    },
    takeChanges() {
      if (!changed || untilChanges() > 0) return false;
      changed = false;
      toldAt = performance.now();
      return true;
    },
    takeDoubt() {
      const taken = doubted;
      doubted = false;
      return taken;
    },
    takeAsked() {
      const taken = [...asked];
      asked = new Set();
      return taken;
    },
    end: unsubscribe,
  };
}
