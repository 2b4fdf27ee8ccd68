import type { ColumnType } from 'kysely';
import type { ErrorData } from '#core/contract/errors.ts';
import type { CommandType } from '#core/sync/commands.ts';

type Json<T> = ColumnType<T | null, string | null, string | null>;

export interface SyncCommandTables {
  /** What became of each command of a desk, for good: it is answered so however often it is sent. */
  syncCommands: {
    id: string;
    deskId: string;
    /** By the desk's word; of a refused command perhaps nobody's. */
    userId: number;
    type: CommandType;
    /** SHA-256, hex, of the payload as it was sent. */
    payloadHash: string;
    outcome: 'accepted' | 'refused';
    result: Json<Record<string, unknown>>;
    error: Json<ErrorData>;
    /** The desk's clock, for people to read; no rule looks at it. */
    madeAt: Date;
    receivedAt: Date;
    /** The person who handed it in after the desk was withdrawn. */
    handedInBy: number | null;
  };
}
