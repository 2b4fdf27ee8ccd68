import { classifyScan } from '#core/scan/classify.ts';
import { createNoiseGate } from './noise-gate.ts';
import type { PortSession, SessionContext } from './session.ts';

/** A reader that sends one line for each code. Right after noise only texts that are a known code are believed. */
export function createReaderSession({ report }: SessionContext): PortSession {
  const noise = createNoiseGate(report);
  report.setRole('reader');
  report.put('ready');
  return {
    line(text, receivedAt) {
      if (noise.isNoisy(receivedAt) && classifyScan(text).kind === 'unknown') return;
      report.put('ready');
      report.scan('serial', text, receivedAt);
    },
    dropped: (reason) => noise.dropped(reason),
    end: () => undefined,
  };
}
