import type { z } from 'zod';
import type { knownStaffSchema } from '#core/contract/desk/work.ts';
import { PIN_DAYS } from '#core/domain/pin.ts';
import type { StaffUser } from '#core/domain/user.ts';
import { fail } from '../failures.ts';
import type { Journal } from '../journal/journal.ts';
import type { SecretStore } from '../session/secret-store.ts';
import {
  getStaffMember,
  giveTriesBack,
  listStaff,
  removeAllPins,
  removeOldStaff,
  type StaffMember,
  savePin,
  saveStaffSeen,
  takeTry,
} from '../store/staff.ts';
import type { Store } from '../store/store.ts';
import type { OnwardClock } from './clock.ts';
import { isPin, sealPin } from './pins.ts';

export type KnownStaff = z.infer<typeof knownStaffSchema>;

export interface StaffPins {
  known(): Promise<KnownStaff[]>;
  /** Someone signed in with a line: their permissions, and their days of PIN, are fresh. */
  seen(user: StaffUser): Promise<void>;
  /** Throws pin_wrong and pin_not_usable. */
  check(userId: number, pin: string): Promise<StaffUser>;
  /** Whether a PIN of this person opens the desk now, were it the right one. */
  isUsable(userId: number): Promise<boolean>;
  setPin(user: StaffUser, pin: string): Promise<void>;
  removePin(user: StaffUser): Promise<void>;
  /** The desk was turned out: nobody unlocks it any more. */
  forgetPins(): Promise<void>;
  /** Forgets who was not here for long. */
  tidy(): Promise<void>;
}

interface StaffOptions {
  readonly store: Store;
  readonly secrets: SecretStore;
  readonly clock: OnwardClock;
  readonly isEnrolled: () => boolean;
  /** This machine's clock minus central's, ms; null when not known. */
  readonly clockDifference: () => number | null;
  readonly journal: Journal;
  readonly now: () => Date;
}

type Unusable = 'unknown' | 'no_pin' | 'too_long_ago' | 'too_many_tries';

const DAY_MS = 24 * 60 * 60 * 1000;
/** How long someone who left is still shown among those who were here. */
const SHOWN_DAYS = 30;

/** Who may unlock this desk by PIN: per person and desk, for some days after a sign-in with a line. */
export function createStaffPins(options: StaffOptions): StaffPins {
  const { store, secrets, clock, isEnrolled, clockDifference, journal, now } = options;
  const daysAgo = (days: number) => new Date(clock.now().getTime() - days * DAY_MS).toISOString();

  const whyNot = (member: StaffMember): Unusable | null => {
    if (member.pin === null) return 'no_pin';
    if (usableUntil(member) <= clock.now()) return 'too_long_ago';
    return member.triesLeft > 0 ? null : 'too_many_tries';
  };
  const usable = async (userId: number): Promise<{ member: StaffMember; pin: string }> => {
    const member = isEnrolled() ? await getStaffMember(store, userId) : null;
    if (member === null) throw fail('pin_not_usable', { reason: 'unknown' });
    const reason = whyNot(member);
    if (reason !== null || member.pin === null) throw fail('pin_not_usable', { reason: reason ?? 'no_pin' });
    return { member, pin: member.pin };
  };
  return {
    async known() {
      if (!isEnrolled()) return [];
      return (await listStaff(store, daysAgo(SHOWN_DAYS))).map((member) => ({
        user: member.user,
        hasPin: member.pin !== null,
        usableUntil: usableUntil(member).toISOString(),
        triesLeft: member.triesLeft,
      }));
    },
    async seen(user) {
      const at = new Date(now().getTime() - (clockDifference() ?? 0));
      await clock.settle(at);
      await saveStaffSeen(store, user, at.toISOString());
    },
    async check(userId, pin) {
      const { member, pin: sealed } = await usable(userId);
      const triesLeft = await takeTry(store, userId);
      if (triesLeft === null) throw fail('pin_not_usable', { reason: 'too_many_tries' });
      if (!(await isPin(secrets, sealed, pin))) {
        journal.write('staff.pin_refused', null, { userId, userName: member.user.name, triesLeft });
        throw fail('pin_wrong', { triesLeft });
      }
      await giveTriesBack(store, userId);
      return member.user;
    },
    isUsable: (userId) =>
      usable(userId).then(
        () => true,
        () => false,
      ),
    async setPin(user, pin) {
      if (!isEnrolled()) throw fail('pin_not_usable', { reason: 'unknown' });
      await savePin(store, user.id, await sealPin(secrets, pin));
      journal.write('staff.pin_set', { id: user.id, name: user.name }, {});
    },
    async removePin(user) {
      await savePin(store, user.id, null);
      journal.write('staff.pin_removed', { id: user.id, name: user.name }, {});
    },
    forgetPins: () => removeAllPins(store),
    tidy: () => removeOldStaff(store, daysAgo(SHOWN_DAYS)),
  };
}

function usableUntil({ signedInAt }: StaffMember): Date {
  return new Date(new Date(signedInAt).getTime() + PIN_DAYS * DAY_MS);
}
