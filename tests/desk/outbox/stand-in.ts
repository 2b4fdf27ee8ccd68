import type { Command, CommandOutcome } from '#core/sync/commands.ts';
import { fail } from '../../../src/main/failures.ts';

/** How a request fares on a hostile line. */
export type Fate = 'arrives' | 'lost_before' | 'lost_after' | 'twice' | 'partly' | 'reordered' | 'later' | 'slow';

/**
 * Stands in for head office's `sync.commands` where a test must hold every answer in its hand. Like the real one it decides
 * about each command once, by its id, and answers the same for good.
 */
export function createStandIn(options: { refuse?: (command: Command) => string | null } = {}) {
  const decided = new Map<string, CommandOutcome>();
  const effects: Command[] = [];
  const fates: Fate[] = [];
  const requests: Command[][] = [];
  let number = 5000;
  let sending = 0;
  let most = 0;

  const decide = (command: Command): CommandOutcome => {
    const known = decided.get(command.id);
    if (known !== undefined) return known;
    const { id } = command;
    const code = options.refuse?.(command) ?? null;
    const outcome: CommandOutcome =
      code === null
        ? { id, outcome: 'accepted', result: resultOf(command) }
        : { id, outcome: 'refused', error: { code, message: code } };
    decided.set(id, outcome);
    if (code === null) effects.push(command);
    return outcome;
  };
  const resultOf = ({ type, payload }: Command): Record<string, unknown> => {
    number += 1;
    const id = type === 'customer.change' ? payload.id : number;
    return { ...payload, id, serviceId: number + 10_000, provisioningJobId: number + 20_000 };
  };
  const commands = async (batch: readonly Command[]): Promise<CommandOutcome[]> => {
    sending += 1;
    most = Math.max(most, sending);
    try {
      const fate = fates.shift() ?? 'arrives';
      await new Promise(setImmediate);
      if (fate === 'lost_before') throw fail('unavailable', { reason: 'central_unreachable' });
      requests.push([...batch]);
      if (fate === 'later') return batch.map(({ id }) => ({ id, outcome: 'later', reason: 'busy' }));
      const outcomes = batch.map(decide);
      if (fate === 'lost_after') throw fail('unavailable', { reason: 'central_timeout' });
      if (fate === 'slow') await new Promise((resolve) => setTimeout(resolve, 30));
      if (fate === 'twice') return [...outcomes, ...outcomes];
      if (fate === 'partly') return outcomes.slice(0, Math.ceil(outcomes.length / 2));
      return fate === 'reordered' ? [...outcomes].reverse() : outcomes;
    } finally {
      sending -= 1;
    }
  };
  return {
    sync: {
      commands: commands as never,
      handIn: (async ({ commands: batch }: { commands: Command[] }) => batch.map(decide)) as never,
    },
    /** What took effect, in order. */
    effects,
    requests,
    decided,
    /** What becomes of the next requests. */
    next: (...coming: Fate[]) => void fates.push(...coming),
    /** The most requests that were under way at once. */
    most: () => most,
  };
}

export type StandIn = ReturnType<typeof createStandIn>;
