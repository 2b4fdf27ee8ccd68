import type { ColumnType, GeneratedAlways } from 'kysely';

export interface AuditTables {
  auditEntries: {
    id: GeneratedAlways<number>;
    chain: number;
    /** 1-based place in its chain, without gaps. */
    position: number;
    at: Date;
    action: string;
    actorKind: string;
    actorId: number | null;
    actorName: string;
    /** In whose name it was done, when that is not the actor. */
    effectiveId: number | null;
    effectiveName: string | null;
    subjectType: string;
    subjectId: string;
    customerId: number | null;
    detail: ColumnType<Record<string, unknown>, string, never>;
    requestId: string;
    previousHash: string;
    hash: string;
  };
  /** Where each chain ends. */
  auditChains: { chain: number; position: number; hash: string };
}
