import { monotonicMs } from '../messages.ts';
import type { PortReport } from './port-report.ts';

const NOISY_MS = 1_000;

/** Remembers that a port has just sent noise, and reports it once a second at most. */
export interface NoiseGate {
  dropped(reason: string): void;
  isNoisy(at: number): boolean;
}

export function createNoiseGate(report: PortReport): NoiseGate {
  let noisyUntil = 0;
  return {
    dropped(reason) {
      const now = monotonicMs();
      if (now < noisyUntil) return;
      noisyUntil = now + NOISY_MS;
      report.put('ready', 'input_dropped', reason, 'input_dropped');
    },
    isNoisy: (at) => at < noisyUntil,
  };
}
