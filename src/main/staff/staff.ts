import type { z } from 'zod';
import type { knownStaffSchema } from '#core/contract/desk/work.ts';
import type { StaffUser } from '#core/domain/user.ts';
import { fail } from '../failures.ts';

export type KnownStaff = z.infer<typeof knownStaffSchema>;

export interface StaffPins {
  known(): Promise<KnownStaff[]>;
  /** Someone signed in with a line: their permissions, and their days of PIN, are fresh. */
  seen(user: StaffUser): Promise<void>;
  /** Throws pin_wrong and pin_not_usable. */
  check(userId: number, pin: string): Promise<StaffUser>;
  setPin(user: StaffUser, pin: string): Promise<void>;
  removePin(user: StaffUser): Promise<void>;
}

export function createStaffPins(): StaffPins {
  return {
    known: async () => [],
    seen: async () => undefined,
    check: async () => {
      throw fail('pin_not_usable', { reason: 'unknown' });
    },
    setPin: async () => undefined,
    removePin: async () => undefined,
  };
}
