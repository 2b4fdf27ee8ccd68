import { ORPCError } from '@orpc/client';
import type { ErrorData } from '#core/contract/errors.ts';
import { COMMANDS_AT_ONCE, type CommandOutcome } from '#core/sync/commands.ts';
import type { OutboxEntry } from '#core/sync/outbox.ts';
import { hasCode } from '../failures.ts';
import type { Log } from '../log.ts';

export interface SenderOptions {
  /** What may travel now, in order. */
  readonly ready: () => readonly OutboxEntry[];
  readonly send: (entries: readonly OutboxEntry[], signal: AbortSignal) => Promise<readonly CommandOutcome[]>;
  /** Keeps what head office answered. */
  readonly answered: (outcome: Exclude<CommandOutcome, { outcome: 'later' }>) => void;
  /** Keeps why these did not arrive, or could not be tried. */
  readonly notAnswered: (ids: readonly string[], error: ErrorData) => void;
  readonly maySend: () => boolean;
  /** Head office does not know this desk any more. */
  readonly unknown: () => void;
  readonly log: Log;
  /** Between 0 and 1; for the jitter. */
  readonly random?: () => number;
}

export interface Sender {
  /** Sends what is ready now, or right after what is under way. */
  kick(): void;
  /** The line is back: what was sent into the cut is not waited for. */
  kickAnew(): void;
  /** Runs a task while nothing is being sent. */
  alone<T>(task: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
}

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

/** Why a whole batch failed. `split`: perhaps for one of its commands only. */
type Failure = { readonly kind: 'stop' | 'split' | 'unknown'; readonly error: ErrorData };

/** The one sender: a batch at a time, at once when there is something, then again and again while something waits. */
export function createSender(options: SenderOptions): Sender {
  const { ready, send, answered, notAnswered, maySend, unknown, log, random = Math.random } = options;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let running = false;
  let again = false;
  let failures = 0;
  let ended = false;
  let flight: AbortController | null = null;

  const keep = (task: () => void) => {
    try {
      task();
    } catch (error) {
      // A full disk: head office answers the same when it is asked again.
      log.error({ error: String(error) }, 'an answer could not be kept');
    }
  };

  /** Gives what came back of a batch to be kept; returns who was not tried. */
  const takeOutcomes = (batch: readonly OutboxEntry[], outcomes: readonly CommandOutcome[]) => {
    const asked = new Set(batch.map(({ id }) => id));
    const reasons = new Map<string, string>(batch.map(({ id }) => [id, 'no_outcome']));
    for (const outcome of outcomes) {
      if (!asked.has(outcome.id)) continue;
      if (outcome.outcome === 'later') {
        if (reasons.has(outcome.id)) reasons.set(outcome.id, outcome.reason);
        continue;
      }
      reasons.delete(outcome.id);
      keep(() => answered(outcome));
    }
    for (const [id, reason] of reasons) keep(() => notAnswered([id], laterOf(reason)));
  };

  const attempt = async (batch: readonly OutboxEntry[]): Promise<Failure | null> => {
    flight = new AbortController();
    try {
      takeOutcomes(batch, await send(batch, flight.signal));
      return null;
    } catch (error) {
      return failureOf(error);
    } finally {
      flight = null;
    }
  };

  const round = async (): Promise<void> => {
    const tried = new Set<string>();
    let most = COMMANDS_AT_ONCE;
    while (!ended && maySend()) {
      const batch = ready()
        .filter(({ id }) => !tried.has(id))
        .slice(0, most);
      if (batch.length === 0) return;
      const failure = await attempt(batch);
      const ids = batch.map(({ id }) => id);
      if (failure === null) {
        most = Math.min(COMMANDS_AT_ONCE, most * 2);
        for (const id of ids) tried.add(id);
        continue;
      }
      const [only, ...others] = ids;
      if (failure.kind === 'split' && others.length > 0) {
        most = Math.ceil(ids.length / 2);
        continue;
      }
      if (failure.kind === 'split' && only !== undefined) {
        tried.add(only);
        if (isVerdict(failure.error)) keep(() => answered({ id: only, outcome: 'refused', error: failure.error }));
        else keep(() => notAnswered(ids, failure.error));
        continue;
      }
      keep(() => notAnswered(ids, failure.error));
      if (failure.kind === 'unknown') unknown();
      return;
    }
  };

  const plan = () => {
    clearTimeout(timer);
    if (ended || !maySend() || ready().length === 0) {
      failures = 0;
      return;
    }
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures);
    failures += 1;
    timer = setTimeout(run, delay * (0.5 + random() / 2));
  };

  const run = () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    clearTimeout(timer);
    turn = turn.then(async () => {
      try {
        do {
          again = false;
          await round();
        } while (again && !ended);
      } catch (error) {
        log.error({ error: String(error) }, 'sending failed unexpectedly');
      } finally {
        running = false;
        plan();
      }
    });
  };

  return {
    kick: () => {
      if (!ended) run();
    },
    kickAnew: () => {
      failures = 0;
      flight?.abort();
      if (!ended) run();
    },
    alone: (task) => {
      const done = turn.then(task);
      turn = done.catch(() => undefined);
      return done;
    },
    async stop() {
      ended = true;
      clearTimeout(timer);
      flight?.abort();
      await turn;
    },
  };
}

const laterOf = (reason: string): ErrorData => ({
  code: 'unavailable',
  message: 'Not available right now.',
  data: { reason },
});

/** Head office can't read it, and will not at another time. */
const isVerdict = ({ code }: ErrorData) => code === 'invalid_input' || code === 'payload_too_large';

function failureOf(error: unknown): Failure {
  const data = asErrorData(error);
  if (hasCode(error, 'desk_unknown')) return { kind: 'unknown', error: data };
  const isOfOne = isVerdict(data) || hasCode(error, 'internal_error');
  return { kind: isOfOne ? 'split' : 'stop', error: data };
}

/** An error as it is kept with an entry. What is no declared error means that the way to head office failed. */
export function asErrorData(error: unknown): ErrorData {
  if (!(error instanceof ORPCError)) return laterOf('central_unreachable');
  const { code, message, data } = error as ORPCError<string, unknown>;
  return { code, message, ...(data === undefined ? {} : { data }) };
}
