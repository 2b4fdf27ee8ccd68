import { setTimeout as wait } from 'node:timers/promises';
import type { SyncEvent } from '#core/contract/central/desks.ts';
import type { SyncState } from '#core/contract/desk/work.ts';
import { type SyncEntity, syncEntities } from '#core/sync/rows.ts';
import type { Central } from '../central/client.ts';
import type { Log } from '../log.ts';
import { createBeat } from './beat.ts';
import { isDamage } from './damage.ts';
import { createListening } from './listen.ts';
import type { FollowedDesk, FromWorker, WorkerState } from './messages.ts';
import { type DirectoryReader, openForReading } from './open.ts';
import { createThread } from './thread.ts';

/** What the directory says of itself for the status bar. */
export type DirectoryState = Pick<SyncState, 'directory' | 'progress' | 'lastSyncAt' | 'problem' | 'setAside'>;

export interface Directory {
  state(): DirectoryState;
  /** Whether local answers are whole: the first pull is done. */
  isWhole(): boolean;
  /** For local answers; null when there is nothing to read. Ask anew for each question: a rebuilt directory is another. */
  reader(): DirectoryReader | null;
  /** Pulls what is new now; resolves when it is in, or after `withinMs` at most. Never throws. */
  caughtUp(withinMs: number): Promise<void>;
  /** The desk whose directory this is; null for one that is not enrolled. To be told at every change of its enrolment. */
  follow(desk: FollowedDesk | null): void;
  start(): void;
  stop(): Promise<void>;
}

export interface DirectoryOptions {
  /** The desk's own folder. */
  readonly folder: string;
  /** The program of the thread: `worker.ts` or its bundle. */
  readonly program: URL;
  /** Central's origin. */
  readonly url: string;
  /** A client that names this desk. */
  readonly central: Pick<Central, 'sync'>;
  /** `state` is another, perhaps; called at every page of a pull. */
  readonly stateChanged: () => void;
  /** Rows of these were committed, and can be read; at most every 250 ms, and only while local answers are whole. */
  readonly rowsChanged: (entities: SyncEntity[]) => void;
  /** Central does not know the desk by this credential. */
  readonly refused: (credential: string) => void;
  /** Items of its share that central asks back. */
  readonly giveBack: (itemIds: readonly number[]) => void;
  readonly log: Log;
  /** For tests of a disk that is full. */
  readonly maxPages?: number;
}

const BEAT_MS = 250;
const nothing: WorkerState = { directory: 'first', progress: null, lastSyncAt: null, problem: null, whole: false };
const damaged: WorkerState = { ...nothing, directory: 'rebuilding' };

/**
 * The directory: head office's rows on this desk. A thread pulls and writes them; here they are read, so that nothing ever
 * holds the main thread up.
 */
export function createDirectory(options: DirectoryOptions): Directory {
  const { folder, central, log } = options;
  let desk: FollowedDesk | null = null;
  let known = nothing;
  let reading: ReturnType<typeof openForReading> | null = null;
  let setAside: DirectoryState['setAside'] = null;
  let isRunning = false;
  let hasThread = false;
  const pulls = createPulls();
  const changed = new Set<SyncEntity>();

  const rowsBeat = createBeat(BEAT_MS, () => {
    const entities = [...changed];
    changed.clear();
    if (entities.length > 0) options.rowsChanged(entities);
  });
  const rowsChanged = (entities: readonly SyncEntity[]) => {
    for (const entity of entities) changed.add(entity);
    rowsBeat.ask();
  };

  const thread = createThread({
    ...options,
    message: hear,
    started: () => thread.send({ type: 'follow', desk }),
  });
  const pullNow = () => {
    const upTo = pulls.ask();
    thread.send({ type: 'pull', upTo });
    return upTo;
  };
  const heard = (event: SyncEvent) => {
    if (event.type === 'give_back') options.giveBack(event.itemIds);
    else pullNow();
  };
  const listening = createListening({ central, heard, log });

  function open() {
    close();
    try {
      reading = openForReading(folder, (error) => {
        if (isDamage(error)) sayDamaged(error);
      });
    } catch (error) {
      if (isDamage(error)) sayDamaged(error);
      else log.error({ err: error }, 'the directory could not be opened');
    }
  }

  function close() {
    reading?.close();
    reading = null;
  }

  function sayDamaged(error: unknown) {
    known = damaged;
    // The failed query is still on its way out of the connection.
    setImmediate(close);
    thread.send({ type: 'damaged', detail: String(error) });
  }

  function take(state: WorkerState) {
    const before = known;
    known = state;
    if (state.whole && !before.whole) rowsChanged(syncEntities);
    // The line may be gone without a word to the stream.
    if (before.directory === 'current' && state.directory === 'behind') listening.renew();
    options.stateChanged();
  }

  function hear(message: FromWorker) {
    switch (message.type) {
      case 'opened':
        return open();
      case 'release':
        close();
        return thread.send({ type: 'released' });
      case 'state':
        return take(message.state);
      case 'changed':
        return known.whole ? rowsChanged(message.entities) : undefined;
      case 'pulled':
        return pulls.answer(message.upTo);
      case 'refused':
        return options.refused(message.credential);
      case 'setAside':
        known = damaged;
        setAside = { file: message.file, at: message.at, what: 'directory' };
        return options.stateChanged();
      case 'log':
        return log[message.level]({ detail: message.detail }, message.message);
    }
  }

  /** The stream follows the credential; the thread follows the desk, and is there from the first one on. */
  function applyDesk() {
    if (!isRunning) return;
    if (hasThread) thread.send({ type: 'follow', desk });
    else if (desk !== null) {
      hasThread = true;
      thread.start();
    }
    if (desk?.credential) listening.start();
    else void listening.stop();
  }

  return {
    state: () => ({
      ...(desk === null
        ? { directory: 'off', progress: null, lastSyncAt: null, problem: null }
        : {
            directory: known.directory,
            progress: known.progress,
            lastSyncAt: known.lastSyncAt,
            problem: known.problem,
          }),
      setAside,
    }),
    isWhole: () => desk !== null && known.whole && reading !== null,
    reader: () => (desk === null ? null : (reading?.reader ?? null)),
    async caughtUp(withinMs) {
      if (!isRunning || !desk?.credential) return;
      const answered = pulls.whenAnswered(pullNow());
      if (!known.whole) return;
      await Promise.race([answered, wait(withinMs, undefined, { ref: false })]);
    },
    follow(next) {
      const isOther = desk?.id !== next?.id || desk?.storeId !== next?.storeId;
      desk = next;
      if (isOther) known = nothing;
      applyDesk();
      options.stateChanged();
    },
    start() {
      isRunning = true;
      applyDesk();
    },
    async stop() {
      isRunning = false;
      await Promise.all([listening.stop(), thread.stop()]);
      rowsBeat.stop();
      close();
    },
  };
}

/** Pulls are numbered as they are asked for; the thread answers up to a number. */
function createPulls() {
  let asked = 0;
  let answered = 0;
  const waiting = new Map<number, () => void>();
  return {
    ask: () => ++asked,
    answer(upTo: number) {
      answered = Math.max(answered, upTo);
      for (const [number, resolve] of waiting) {
        if (number > answered) continue;
        waiting.delete(number);
        resolve();
      }
    },
    whenAnswered: (number: number) =>
      number <= answered ? Promise.resolve() : new Promise<void>((resolve) => waiting.set(number, resolve)),
  };
}
