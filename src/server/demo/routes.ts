import { commands } from '../http/implement.ts';
import type { MovableClock } from '../system/clock.ts';
import { setFault } from './faults.ts';

/** Served in a demo only; otherwise central answers as for any unknown route. */
export function demoRoutes(clock: MovableClock) {
  return {
    demo: {
      clock: commands.demo.clock.handler(async ({ context, input: { advanceSeconds } }) => {
        context.audit({
          action: 'demo.clock_moved',
          subject: { type: 'demo', id: 'clock' },
          detail: { advanceSeconds },
        });
        const now = await clock.advance(advanceSeconds);
        return { now: now.toISOString() };
      }),
      faults: commands.demo.faults.handler(async ({ context, input }) => {
        await setFault(context.tx, input);
        const { action, times } = input;
        context.audit({ action: 'demo.fault_set', subject: { type: 'demo', id: action }, detail: { ...input } });
        return { action, times };
      }),
    },
  };
}
