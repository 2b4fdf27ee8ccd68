import type { ColumnType, Generated } from 'kysely';
import type { Language } from '#core/domain/languages.ts';
import type { Door } from '../access/tables.ts';

/** Whose second factor, mail link or device it is. */
export type Owner = `staff:${number}` | `customer:${number}`;

/** What a notice about a lock says. */
export interface LockFacts {
  /** What was wrong: the password, or the code after the right password. */
  readonly step: 'password' | 'code';
  readonly until: string;
  readonly ip: string;
}

export interface AccountTables {
  /** A contact who may sign in to the portal. */
  portalAccounts: {
    id: Generated<number>;
    contactId: number;
    customerId: number;
    /** Lower case. */
    email: string;
    /** Null until the invitation's link is used. */
    passwordHash: string | null;
    enabled: Generated<boolean>;
    pendingEmail: Generated<string | null>;
    lastSignInAt: Generated<Date | null>;
    createdAt: Date;
  };
  twoFactors: {
    owner: Owner;
    /** Sealed. */
    secret: string;
    confirmedAt: Date | null;
    /** Time step of the last code that was taken: no code counts twice. */
    lastStep: Generated<number>;
    failures: Generated<number>;
    lockedUntil: Generated<Date | null>;
    createdAt: Date;
  };
  backupCodes: { owner: Owner; hash: string; usedAt: Date | null };
  /** Links of mail that work once. */
  mailLinks: {
    hash: string;
    owner: Owner;
    purpose: 'reset' | 'invitation' | 'email';
    /** The new address, of purpose `email`. */
    email: string | null;
    createdAt: Date;
    expiresAt: Date;
    usedAt: Date | null;
  };
  /** Who asked for a password link, before anybody looks whether there is such an account. */
  resetRequests: {
    id: string;
    door: Door;
    email: string;
    language: Language | null;
    askedAt: Date;
    /** Set when a lock asked for it. */
    lock: ColumnType<LockFacts | null, string | null, string | null>;
  };
  knownDevices: { owner: Owner; hash: string; firstSeenAt: Date; lastSeenAt: Date };
}
