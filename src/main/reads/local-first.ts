import { ORPCError } from '@orpc/client';
import type { StaffUser } from '#core/domain/user.ts';
import type { CallContext } from '../central/client.ts';
import type { Directory } from '../directory/directory.ts';
import { fail, hasCode } from '../failures.ts';
import type { Log } from '../log.ts';
import type { Asked, Local, Read } from './asked.ts';
import type { Numbering } from './numbering.ts';
import type { Overlay } from './overlay.ts';
import { resolveOwnWork } from './own-work.ts';

export interface LocalFirstOptions {
  readonly directory: Pick<Directory, 'isWhole' | 'reader'>;
  readonly overlay: Overlay;
  /** This desk and its store; null while it is not enrolled. */
  readonly desk: () => { readonly id: string; readonly storeId: number } | null;
  readonly person: () => StaffUser | null;
  readonly isOnline: () => boolean;
  readonly numbering: () => Promise<Numbering>;
  readonly now: () => Date;
  readonly log: Log;
}

interface CallOptions {
  readonly signal?: AbortSignal;
  readonly context?: CallContext;
}
type Relay<I, O> = (input: I, options?: CallOptions) => Promise<O>;

/** Head office may know more than what is here; that is worth so long a wait, not the whole time of a call. */
const MORE_WITHIN_MS = 3_000;

export interface LocalFirst {
  /** The answer from here; `undefined` while this desk reads nothing of its own, null when it is head office's to say. */
  here<I, O>(read: Read<I, O>, input: I): Promise<Local<O> | undefined>;
  /** Answers from here where this desk can, else from head office when there is a line, else says so. */
  answer<I, O>(read: Read<I, O>, relay: Relay<I, O>): Relay<I, O>;
}

/** How screens' reads are answered on an enrolled desk (domain.md 5.1: work goes on with the line cut). */
export function createLocalFirst(options: LocalFirstOptions): LocalFirst {
  const { isOnline, log } = options;

  async function here<I, O>(read: Read<I, O>, input: I): Promise<Local<O> | undefined> {
    const asked = await prepare(options);
    if (asked === null) return undefined;
    try {
      return await read(asked, input);
    } catch (error) {
      if (error instanceof ORPCError) throw error;
      // Rebuilt meanwhile: the file that was read is gone, and there may be another.
      if (options.directory.reader() !== asked.reader) return here(read, input);
      // The directory hears of damage by itself, through its reader.
      log.error({ err: error }, 'the directory could not be read');
      return null;
    }
  }
  return {
    here,
    answer: (read, relay) => async (input, call) => {
      const local = await here(read, input);
      if (local === undefined) return relay(input, call);
      if (local === null) {
        if (!isOnline()) throw fail('unavailable', { reason: 'offline' });
        return relay(input, call);
      }
      if ('whole' in local) return local.whole;
      if (!isOnline()) return local.some;
      try {
        return await relay(input, { ...call, context: { timeoutMs: MORE_WITHIN_MS, ...call?.context } });
      } catch (error) {
        if (hasCode(error, 'unavailable')) return local.some;
        throw error;
      }
    },
  };
}

async function prepare(options: LocalFirstOptions): Promise<Asked | null> {
  const { directory, overlay, person, numbering, now } = options;
  const desk = options.desk();
  const reader = desk !== null && directory.isWhole() ? directory.reader() : null;
  if (desk === null || reader === null) return null;
  const realId = async (id: number) => (id < 0 ? ((await overlay.numberOf(id)) ?? id) : id);
  const own = await resolveOwnWork(await overlay.ownWork(), realId);
  return { reader, own, realId, desk, person: person(), numbering, now: now() };
}
