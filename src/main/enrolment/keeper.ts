import type { EnrolledDesk } from '#core/contract/desk/work.ts';
import type { Log } from '../log.ts';
import type { SecretStore } from '../session/secret-store.ts';
import {
  type EnrolmentRequest,
  getEnrolment,
  removeEnrolment,
  type SavedEnrolment,
  saveEnrolment,
} from '../store/enrolment.ts';
import type { Store } from '../store/store.ts';

/** The enrolment with its secrets open, as only the host has it. */
export type Held =
  | { readonly state: 'none' }
  | { readonly state: 'waiting'; readonly request: EnrolmentRequest; readonly secret: string }
  | { readonly state: 'enrolled'; readonly desk: EnrolledDesk; readonly credential: string }
  | { readonly state: 'revoked'; readonly desk: EnrolledDesk };

interface KeeperOptions {
  readonly store: Store;
  readonly secrets: SecretStore;
  readonly centralUrl: string;
  readonly log: Log;
}

export interface EnrolmentKeeper {
  held(): Held;
  /** What holds while nothing is asked for: `none`, or the withdrawn enrolment. */
  base(): Held;
  /** The desk that this data folder last was, at whatever central; null when it never was one. */
  bound(): EnrolledDesk | null;
  /** On the disk when it resolves, and in force from the call on. */
  keep(next: Held): Promise<void>;
  restore(): Promise<void>;
}

/** Keeps the enrolment in the desk's database, its secrets sealed, and only for the central that gave it. */
export function createEnrolmentKeeper({ store, secrets, centralUrl, log }: KeeperOptions): EnrolmentKeeper {
  let held: Held = { state: 'none' };
  let base: Held = held;
  let bound: EnrolledDesk | null = null;

  const sealed = async (next: Exclude<Held, { state: 'none' }>): Promise<SavedEnrolment> => {
    if (next.state === 'waiting') return { ...next, centralUrl, secret: await secrets.seal(next.secret) };
    if (next.state === 'enrolled') return { ...next, centralUrl, credential: await secrets.seal(next.credential) };
    return { ...next, centralUrl };
  };
  const opened = async (saved: SavedEnrolment): Promise<Held> => {
    if (saved.state === 'waiting') {
      const secret = await secrets.open(saved.secret);
      return secret === null ? { state: 'none' } : { state: 'waiting', request: saved.request, secret };
    }
    if (saved.state === 'revoked') return { state: 'revoked', desk: saved.desk };
    const credential = await secrets.open(saved.credential);
    if (credential !== null) return { state: 'enrolled', desk: saved.desk, credential };
    // Its work can still be handed in. The row stays: where it was sealed, it opens again.
    log.warn({ deskId: saved.desk.id }, 'the desk’s credential was sealed elsewhere and can not be opened here');
    return { state: 'revoked', desk: saved.desk };
  };
  /** Whom the desk was is kept until it is somebody else: asking alone, or in vain, changes nothing about it. */
  const write = async (next: Held) => {
    const isOnlyAsking = next.state === 'waiting' || next.state === 'none';
    if (bound !== null && isOnlyAsking) return;
    if (next.state === 'none') await removeEnrolment(store);
    else await saveEnrolment(store, await sealed(next));
  };
  return {
    held: () => held,
    base: () => base,
    bound: () => bound,
    async keep(wanted) {
      const next = wanted.state === 'none' ? base : wanted;
      // What lets the desk in counts once it is on the disk; what takes something away counts at once.
      if (next.state !== 'enrolled') held = next;
      await write(next);
      held = next;
      if (next.state === 'waiting' || next.state === 'none') return;
      bound = next.desk;
      base = next.state === 'revoked' ? next : { state: 'none' };
    },
    async restore() {
      const saved = await getEnrolment(store);
      if (saved === null) return;
      bound = saved.state === 'waiting' ? null : saved.desk;
      if (saved.centralUrl === centralUrl) {
        held = await opened(saved);
        if (held.state === 'revoked') base = held;
      } else
        log.warn({ enrolledAt: saved.centralUrl, centralUrl }, 'enrolled at another central: not enrolled at this one');
    },
  };
}
