import type { Logger } from 'pino';
import type { Permission } from '#core/domain/user.ts';
import type { Db, Reader, Tx } from './database/connection.ts';

/** Central's time: the machine's, plus what a demo has moved it forward. Every rule about time reads this one. */
export interface Clock {
  now(): Date;
}

/**
 * Who acts. A member of staff is a user; another program has an API key; a desk itself pulls and sends what was done there;
 * central itself does what nobody asked for. In the portal a contact acts, or the customer where nobody in particular is
 * known, or a key of the customer's own.
 */
export interface Actor {
  readonly kind: 'user' | 'api_key' | 'desk' | 'system' | 'contact' | 'customer' | 'portal_key';
  readonly id: number;
  readonly name: string;
  readonly permissions: readonly Permission[];
  /** Null for people and programs of all stores. */
  readonly storeId: number | null;
  /** The sign-in that a member of staff comes by. */
  readonly signInId?: string;
  /** Staff who may only set up two-factor sign-in, until they have. */
  readonly mustEnrol?: boolean;
}

/** An enrolled desk, known by its credential. */
export interface CallingDesk {
  readonly id: string;
  /** By which it acts where ids are numbers: `Actor.id` of kind `desk`. */
  readonly number: number;
  readonly name: string;
  readonly storeId: number;
}

/** Acts in background work: sweeps, imports, demo data. */
export const systemActor: Actor = { kind: 'system', id: 0, name: 'Comptoir', permissions: ['admin'], storeId: null };

export interface AuditEntry {
  /** noun.verb in the past: customer.created, item.secrets_revealed. */
  readonly action: string;
  readonly subject: { readonly type: string; readonly id: string | number };
  readonly customerId?: number | null;
  /** JSON without secrets. */
  readonly detail?: Record<string, unknown>;
  /** Who really acted, where that is found out only while working: an address that lets somebody in, a session that ends. */
  readonly actor?: Pick<Actor, 'kind' | 'id' | 'name'>;
  /** In whose name, when the command's own is not it. */
  readonly effective?: { readonly id: number; readonly name: string } | null;
}

/** Encrypts the answers that are kept for Idempotency-Keys. */
export interface AnswerSeal {
  close(text: string): string;
  open(sealed: string): string;
}

/** What every request starts with, and background work too. */
export interface BaseContext {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Logger;
  readonly requestId: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly ip: string;
  /** Headers for the answer, beside the usual ones. */
  readonly resHeaders?: Headers;
  readonly answers: AnswerSeal;
  /** Aborts when central stops: a stream that stays open listens to it. */
  readonly closing: AbortSignal;
  /** Who sends this request; throws `unauthorized` when that can't be told. */
  identify(): Promise<Actor>;
  /** The enrolled desk that sends this request; null when none does, or one that is not known (any more). */
  identifyDesk(): Promise<CallingDesk | null>;
}

/** What a reading handler gets, once the caller is known and permitted. */
export interface QueryContext extends BaseContext {
  readonly actor: Actor;
  /** At which enrolled desk the actor stands; absent or null elsewhere. */
  readonly desk?: CallingDesk | null;
}

/**
 * What a changing handler gets: `tx` is the one transaction of the effect, its idempotency record and its audit lines.
 * No network, device or timer is awaited inside; what must happen outside goes to `afterCommit`. The handler may be run
 * again from its start when PostgreSQL reports a deadlock.
 */
export interface CommandContext extends QueryContext {
  readonly tx: Tx;
  audit(entry: AuditEntry): void;
  afterCommit(effect: () => void | Promise<void>): void;
}

/** For functions that read inside a command as well as outside. */
export function readerOf(context: QueryContext | CommandContext): Reader {
  return 'tx' in context ? context.tx : context.db;
}
