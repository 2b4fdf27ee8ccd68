import type { StaffUser } from '#core/domain/user.ts';
import type { DirectoryReader } from '../directory/open.ts';
import type { Numbering } from './numbering.ts';
import type { OwnWork } from './overlay.ts';

/** What a question is answered from: the directory, this desk's own work over it, and who asks. */
export interface Asked {
  readonly reader: DirectoryReader;
  /** With head office's numbers in the place of the desk's own ids, wherever there are any. */
  readonly own: OwnWork;
  /** Head office's number for an id of the desk's own; the id itself when it is none, or has none yet. */
  readonly realId: (id: number) => Promise<number>;
  readonly desk: { readonly id: string; readonly storeId: number };
  readonly person: StaffUser | null;
  readonly numbering: () => Promise<Numbering>;
  readonly now: Date;
}

/**
 * An answer from this desk. `whole`: head office would say the same. `some`: what is here, of which head office may know
 * more. Null: it is head office's to say.
 */
export type Local<T> = { readonly whole: T } | { readonly some: T } | null;

/** Answers one kind of question. Throws declared errors only where head office would too. */
export type Read<I, O> = (asked: Asked, input: I) => Promise<Local<O>>;
