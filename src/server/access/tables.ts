import type { Generated } from 'kysely';
import type { Permission, Role } from '#core/domain/user.ts';

/** Where somebody signs in. */
export type Door = 'staff' | 'customer';

export interface AccessTables {
  stores: { id: Generated<number>; name: string };
  users: {
    id: Generated<number>;
    name: string;
    /** Lower case. */
    email: string;
    passwordHash: string;
    roles: Role[];
    /** Null: works across all stores. */
    storeId: number | null;
    enabled: Generated<boolean>;
    createdAt: Date;
  };
  /** Failed sign-ins since the last success, by the address typed, whether anyone has it or not (AU-6). */
  signInFailures: { door: Door; email: string; failures: number; lockedUntil: Date | null; lastAt: Date };
  /** One per sign-in; its refresh tokens are its family. */
  sessions: {
    id: string;
    userId: number;
    createdAt: Date;
    endedAt: Date | null;
    endReason: string | null;
    /** Number of the pair of tokens given last; the first has 1. */
    pair: Generated<number>;
    /** Access tokens of pairs before this one are dead. */
    leastPair: Generated<number>;
    /** The newest pair whose access token was ever shown. */
    usedPair: Generated<number>;
  };
  refreshTokens: {
    /** SHA-256 of the token, hex. */
    hash: string;
    sessionId: string;
    createdAt: Date;
    expiresAt: Date;
    usedAt: Date | null;
    pair: number;
    /** Which desk, or else which address, exchanged it. */
    usedFrom: string | null;
  };
  apiKeys: {
    id: Generated<number>;
    name: string;
    /** SHA-256 of the key, hex. */
    hash: string;
    hint: string;
    permissions: Permission[];
    createdBy: number | null;
    createdAt: Date;
    expiresAt: Date | null;
    revokedAt: Date | null;
    lastUsedAt: Date | null;
  };
}
