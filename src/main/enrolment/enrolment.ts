import { randomBytes } from 'node:crypto';
import os from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import type { EnrolledDesk, Enrolment } from '#core/contract/desk/work.ts';
import { nameSchema } from '#core/domain/common.ts';
import type { StaffUser } from '#core/domain/user.ts';
import type { OutboxCounts } from '#core/sync/outbox.ts';
import type { Central, DeskIdentity } from '../central/client.ts';
import { fail, hasCode } from '../failures.ts';
import type { Journal } from '../journal/journal.ts';
import type { Log } from '../log.ts';
import type { SecretStore } from '../session/secret-store.ts';
import type { Store } from '../store/store.ts';
import { createEnrolmentKeeper, type Held } from './keeper.ts';

export interface EnrolHere {
  readonly name: string;
  readonly storeId: number;
}

export interface DeskEnrolment extends DeskIdentity {
  current(): Enrolment;
  /** The desk's own key to head office; null when it has none. Never leaves the host. */
  credential(): string | null;
  /** The desk's id once enrolled, also after its credential was withdrawn. */
  deskId(): string | null;
  /** Throws work_unsent while work of an enrolment before is not handed in. */
  request(): Promise<Enrolment>;
  /** As `request`, and approves it in the name of who is signed in. */
  enrolHere(input: EnrolHere): Promise<Enrolment>;
  /** Central said `desk_unknown` to a call with this credential. */
  refused(credential: string): void;
  restore(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export interface EnrolmentOptions {
  readonly store: Store;
  readonly secrets: SecretStore;
  readonly centralUrl: string;
  /** A client that names neither a person nor a desk. */
  readonly anonymous: Central;
  /** Approves a code as the signed-in person. */
  readonly approve: (input: EnrolHere & { readonly code: string }) => Promise<unknown>;
  readonly person: () => StaffUser | null;
  readonly unsent: () => OutboxCounts;
  readonly journal: Journal;
  /** After every change, once it is on the disk. */
  readonly changed: (enrolment: Enrolment) => void;
  /** Approved beforehand: this desk enrols by itself with it. */
  readonly invitation?: string;
  readonly now: () => Date;
  readonly log: Log;
}

const POLL_MS = 2_000;
const ASK = { context: { retry: 0, timeoutMs: 10_000 } } as const;
const SECRET_BYTES = 32;

/** How this desk stands with head office: asking, let in, or turned out again (RFC 8628 is the pattern). */
export function createEnrolment(options: EnrolmentOptions): DeskEnrolment {
  const { anonymous, approve, person, unsent, journal, changed, invitation, now, log } = options;
  const keeper = createEnrolmentKeeper(options);
  const ending = new AbortController();
  let isStarted = false;
  let polling: Promise<void> | null = null;
  let collecting: Promise<boolean> = Promise.resolve(false);
  let forgetting: Promise<void> = Promise.resolve();
  let asking: Promise<Enrolment> | null = null;

  const current = () => seenFromOutside(keeper.held(), keeper.base(), now());
  const become = async (held: Held) => {
    await keeper.keep(held);
    changed(current());
  };
  const actor = () => {
    const user = person();
    return user === null ? null : { id: user.id, name: user.name };
  };

  const ask = async (invited?: string): Promise<Enrolment> => {
    refuseWhileUnsent(keeper.bound(), unsent());
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const request = await anonymous.desks.requestEnrolment(
      { machine: machineName(), secret, invitation: invited },
      ASK,
    );
    await become({ state: 'waiting', request, secret });
    return current();
  };
  /** One at a time; who asks without an invitation does not get the refusal of one. */
  const request = async (invited?: string): Promise<Enrolment> => {
    while (asking !== null) await asking.catch(() => undefined);
    const state = current();
    if (state.state === 'enrolled' || state.state === 'waiting') return state;
    asking = ask(invited).finally(() => {
      asking = null;
    });
    const answer = await asking;
    poll();
    return answer;
  };

  /** True once nothing is to be collected any more. */
  const collectOnce = async (): Promise<boolean> => {
    const held = keeper.held();
    if (held.state !== 'waiting') return true;
    const { id } = held.request;
    try {
      const answer = await anonymous.desks.collectEnrolment({ id, secret: held.secret }, ASK);
      const isStill = keeper.held() === held;
      if (answer.desk === null || answer.credential === null || !isStill) return !isStill;
      const { desk, credential } = answer;
      await become({ state: 'enrolled', desk: { id: desk.id, name: desk.name, store: desk.store }, credential });
      journal.write('desk.enrolled', actor(), { deskId: desk.id, name: desk.name, storeId: desk.store.id });
      log.info({ deskId: desk.id, storeId: desk.store.id }, 'this desk is enrolled');
      return true;
    } catch (error) {
      if (!hasCode(error, 'enrolment_gone', 'not_found')) throw error;
      if (keeper.held() === held) await become({ state: 'none' });
      return true;
    }
  };
  /** One after the other: each answer kills the credential of the one before. */
  const collect = (): Promise<boolean> => {
    collecting = collecting.then(collectOnce, collectOnce);
    return collecting;
  };
  const pollUntilCollected = async () => {
    while (!ending.signal.aborted && keeper.held().state === 'waiting') {
      const isDone = await collect().catch((error: unknown) => {
        log.debug({ error: String(error) }, 'the enrolment could not be asked for');
        return false;
      });
      if (isDone) return;
      if (current().state !== 'waiting') return become({ state: 'none' });
      await wait(POLL_MS, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  };
  function poll(): void {
    if (!isStarted || ending.signal.aborted) return;
    polling ??= pollUntilCollected()
      .catch((error: unknown) => log.error({ err: error }, 'waiting for the enrolment failed'))
      .finally(() => {
        polling = null;
      });
  }

  /** Goes on until central has answered; one that does not want the invitation is not asked again. */
  const enterInvited = async (invited: string) => {
    while (!ending.signal.aborted && current().state === 'none') {
      try {
        await request(invited);
        return;
      } catch (error) {
        if (!hasCode(error, 'unavailable', 'rate_limited', 'internal_error')) {
          log.warn({ error: String(error) }, 'the invitation does not let this desk in');
          return;
        }
        await wait(POLL_MS, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
  };
  let inviting: Promise<void> = Promise.resolve();

  return {
    current,
    credential() {
      const held = keeper.held();
      return held.state === 'enrolled' ? held.credential : null;
    },
    deskId() {
      const held = keeper.held();
      return held.state === 'enrolled' || held.state === 'revoked' ? held.desk.id : null;
    },
    request: () => request(),
    async enrolHere({ name, storeId }) {
      let state = await request();
      if (state.state !== 'waiting') return state;
      try {
        await approve({ code: state.code, name, storeId });
      } catch (error) {
        // The code lapsed unseen, at central: a new one is asked for once.
        if (!hasCode(error, 'enrolment_gone')) throw error;
        await become({ state: 'none' });
        state = await request();
        if (state.state !== 'waiting') return state;
        await approve({ code: state.code, name, storeId });
      }
      await collect();
      return current();
    },
    refused(credential) {
      const held = keeper.held();
      if (held.state !== 'enrolled' || held.credential !== credential) return;
      log.warn({ deskId: held.desk.id }, 'head office has withdrawn this desk’s credential');
      journal.write('desk.revoked', null, { deskId: held.desk.id });
      forgetting = become({ state: 'revoked', desk: held.desk }).catch((error: unknown) =>
        log.error({ err: error }, 'the withdrawal could not be kept'),
      );
    },
    restore: keeper.restore,
    start() {
      isStarted = true;
      poll();
      if (invitation !== undefined && current().state === 'none') inviting = enterInvited(invitation);
    },
    async stop() {
      ending.abort();
      await Promise.allSettled([polling, collecting, inviting, forgetting, asking]);
    },
  };
}

function seenFromOutside(held: Held, base: Held, now: Date): Enrolment {
  if (held.state === 'none') return held;
  if (held.state !== 'waiting') return { state: held.state, desk: held.desk };
  const { code, expiresAt } = held.request;
  if (new Date(expiresAt) > now) return { state: 'waiting', code, expiresAt };
  return base.state === 'revoked' ? { state: 'revoked', desk: base.desk } : { state: 'none' };
}

/** Work that the desk did as another one is handed in first: afterwards nobody could tell whose it was. */
function refuseWhileUnsent(bound: EnrolledDesk | null, { waiting, refused }: OutboxCounts): void {
  if (bound !== null && waiting + refused > 0) throw fail('work_unsent', { waiting, refused });
}

function machineName(): string {
  return nameSchema.safeParse(os.hostname()).data ?? 'desk';
}
