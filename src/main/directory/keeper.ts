import { isDamage, isDiskFull } from './damage.ts';
import { CentralRefused } from './fetch-page.ts';
import { createFiles } from './files.ts';
import type { FollowedDesk, FromWorker, ToWorker, WorkerOptions, WorkerState } from './messages.ts';
import { PageNotUnderstood } from './page.ts';
import { pull } from './pull.ts';
import { createRest, retryMs } from './rest.ts';

const POLL_MS = 15_000;
/** What somebody must see to, the disk or central's answers, is not asked again at once. */
const TROUBLE_RETRY_MS = 5_000;

export interface KeeperOptions extends WorkerOptions {
  readonly post: (message: FromWorker) => void;
  /** Looks through the file that is read, in a thread of its own; resolves to what is wrong with it, or null. */
  readonly check: () => Promise<string | null>;
}

export interface Keeper {
  /** Resolves when it was told to stop and everything is closed. */
  run(): Promise<void>;
  receive(message: ToWorker): void;
}

const ownerOf = ({ id, storeId }: FollowedDesk) => `${id} ${storeId}`;

/** Keeps the directory of the followed desk as central has it, in one loop: what it is told is seen to in its next turn. */
export function createKeeper({ folder, url, maxPages, post, check }: KeeperOptions): Keeper {
  const rest = createRest();
  const ending = new AbortController();
  let pulling = new AbortController();
  let desk: FollowedDesk | null = null;
  let openFor: string | null = null;
  let asked = 0;
  /** What is to be put right before the next pull. */
  let damage: string | null = null;
  let isCursorUnknown = false;
  let released: () => void = () => undefined;
  const seen = { isRebuilding: false, isCurrent: false, problem: null as WorkerState['problem'] };

  const files = createFiles({
    folder,
    maxPages,
    release: () =>
      new Promise((resolve) => {
        released = resolve;
        post({ type: 'release' });
        if (ending.signal.aborted) resolve();
      }),
    told(file, at, why) {
      seen.isRebuilding = true;
      post({ type: 'setAside', file, at: at.toISOString() });
      log('error', 'a damaged directory was set aside', why);
    },
  });
  const log = (level: 'warn' | 'error', message: string, detail: unknown) =>
    post({ type: 'log', level, message, detail: String(detail) });

  function tell() {
    try {
      post({ type: 'state', state: stateNow() });
    } catch (error) {
      if (!isDamage(error)) throw error;
      damage ??= String(error);
    }
  }

  function stateNow(): WorkerState {
    const { problem } = seen;
    if (openFor === null) {
      const nothing = { progress: null, lastSyncAt: null, whole: false };
      return { directory: 'first', problem, ...nothing };
    }
    const { meta } = files.target();
    const whole = meta.isWhole();
    const progress = whole ? null : meta.progress();
    const state = { directory: nameOf(whole), progress, lastSyncAt: meta.lastSyncAt(), problem };
    return { ...state, whole: whole || files.isBeside() };
  }

  function nameOf(whole: boolean): WorkerState['directory'] {
    if (!whole) return seen.isRebuilding || files.isBeside() ? 'rebuilding' : 'first';
    return seen.isCurrent ? 'current' : 'behind';
  }

  function show() {
    post({ type: 'opened' });
    tell();
  }

  async function open(owner: string): Promise<void> {
    Object.assign(seen, { isRebuilding: false, isCurrent: false });
    openFor = null;
    await files.open(owner);
    openFor = owner;
    show();
    void check().then((found) => found !== null && receive({ type: 'damaged', detail: found }));
  }

  async function putRight(): Promise<void> {
    const why = damage;
    if (why === null && !isCursorUnknown) return;
    damage = null;
    isCursorUnknown = false;
    await (why === null ? files.startAnew() : files.discardDamaged(why));
    show();
  }

  async function pullAll(credential: string): Promise<void> {
    pulling = new AbortController();
    const upTo = await pull({
      ...{ url, credential, files, asked: () => asked, swapped: show },
      signal: AbortSignal.any([pulling.signal, ending.signal]),
      kept(entities) {
        if (entities.length > 0) post({ type: 'changed', entities });
        tell();
      },
    });
    Object.assign(seen, { isRebuilding: false, isCurrent: true, problem: null });
    tell();
    post({ type: 'pulled', upTo });
  }

  /** Returns how long to rest. */
  async function turn(): Promise<number> {
    if (desk === null) return POLL_MS;
    if (openFor !== ownerOf(desk)) await open(ownerOf(desk));
    await putRight();
    if (desk.credential !== null) await pullAll(desk.credential);
    else post({ type: 'pulled', upTo: asked });
    return POLL_MS;
  }

  /** Notes what a failed turn showed. Returns how long to rest. */
  function note(error: unknown, failures: number): number {
    if (pulling.signal.aborted || ending.signal.aborted) return 0;
    const code = error instanceof CentralRefused ? error.code : null;
    if (isDamage(error)) damage ??= String(error);
    if (code === 'cursor_unknown') isCursorUnknown = true;
    if (code === 'desk_unknown' && desk?.credential) refuse(desk, desk.credential);
    seen.isCurrent = false;
    seen.problem = problemOf(error);
    log('warn', 'the directory could not be pulled', error);
    if (damage === null) tell();
    post({ type: 'pulled', upTo: asked });
    if (damage !== null || isCursorUnknown) return failures > 1 ? retryMs(failures) : 0;
    return seen.problem === null ? retryMs(failures) : TROUBLE_RETRY_MS;
  }

  function refuse(refused: FollowedDesk, credential: string) {
    post({ type: 'refused', credential });
    desk = { ...refused, credential: null };
  }

  function receive(message: ToWorker) {
    if (message.type === 'released') return released();
    if (message.type === 'pull') asked = message.upTo;
    if (message.type === 'damaged') damage = message.detail;
    if (message.type === 'follow') desk = message.desk;
    if (message.type === 'stop') ending.abort();
    if (message.type === 'follow' || message.type === 'damaged') pulling.abort();
    if (message.type === 'stop') released();
    rest.stir();
  }

  return {
    async run() {
      let failures = 0;
      while (!ending.signal.aborted) {
        rest.begin();
        const ms = await turn().catch((error: unknown) => {
          failures += 1;
          return note(error, failures);
        });
        if (ms === POLL_MS) failures = 0;
        if (!ending.signal.aborted) await rest.wait(ms);
      }
      files.close();
    },
    receive,
  };
}

function problemOf(error: unknown): WorkerState['problem'] {
  if (isDiskFull(error)) return 'disk_full';
  return error instanceof PageNotUnderstood ? 'not_understood' : null;
}
