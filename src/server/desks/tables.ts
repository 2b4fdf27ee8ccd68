import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

export interface DeskTables {
  desks: {
    id: string;
    /** By which a desk acts in audit lines and idempotency keys. */
    number: GeneratedAlways<number>;
    name: string;
    storeId: number;
    /** SHA-256, hex; null until the credential was collected. */
    credentialHash: string | null;
    enrolledAt: Date;
    enrolledByName: string;
    /** Null until the credential was used. */
    lastSeenAt: Date | null;
    revokedAt: Date | null;
    /** The number of what it gave back last, by its own counting. */
    givenBack: Generated<number>;
  };
  deskEnrolments: {
    id: string;
    /** Eight characters, without the dash. */
    code: string;
    secretHash: string;
    machine: string;
    requestedAt: Date;
    expiresAt: Date;
    /** Null until it was approved. */
    deskId: string | null;
    collectedAt: Date | null;
  };
  /** Items asked of another desk a moment ago. */
  itemWishes: { itemId: number; until: Date };
  enrolmentGuesses: { who: string; wrongAt: ColumnType<Date[], Date[], Date[]> };
}
