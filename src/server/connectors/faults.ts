import { setTimeout as delay } from 'node:timers/promises';
import { ActionFailure, badAnswer, refused, unreachable } from './failure.ts';

/** A failure asked for in demo mode, for training and tests. */
export interface Fault {
  readonly error: string | null;
  readonly delaySeconds: number;
}

/** Takes one of the failures asked for this action; null when there is none, and always outside demo mode. */
export type TakeFault = (action: string) => Promise<Fault | null>;

/** Runs an action as the fault wants it: late, not at all, or done with the answer lost or spoilt on its way back. */
export async function withFault<T>(
  takeFault: TakeFault,
  uses: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const fault = await takeFault(uses);
  if (fault === null) return work();
  if (fault.delaySeconds > 0) await wait(fault.delaySeconds, signal);
  switch (fault.error) {
    case null:
      return work();
    case 'connector_unreachable':
      throw unreachable(`${uses}: connection refused (asked for)`);
    case 'lost_answer':
      await work();
      throw unreachable(`${uses}: the connection broke before the answer (asked for)`);
    case 'garbage':
      await work();
      throw badAnswer(`${uses}: the answer can not be read: <<<%%% (asked for)`);
    default:
      throw refused(fault.error);
  }
}

async function wait(seconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(seconds * 1000, undefined, { signal });
  } catch {
    throw new ActionFailure('timeout', 'given up while waiting', {}, signal.reason);
  }
}
