import type { CentralDeps, Part } from '../deps.ts';
import { createWorker } from '../system/worker.ts';
import { endFoundOver } from './end.ts';
import { impersonationRows, whyOver } from './state.ts';

const EVERY_MS = 10_000;

/**
 * Ends what is over and nobody asks about any more: nothing would be let in by it, but its end belongs into the audit.
 * Several centrals may do so at once: each ends once.
 */
export async function sweepImpersonations({ db, clock, background }: SweepDeps): Promise<void> {
  const living = await impersonationRows(db).where('imp.endedAt', 'is', null).execute();
  for (const row of living) {
    const why = whyOver(row, clock.now());
    if (why !== null) await endFoundOver(background(), row.id, why);
  }
}

type SweepDeps = Pick<CentralDeps, 'db' | 'clock' | 'background'>;

export function createImpersonationSweep(deps: SweepDeps & Pick<CentralDeps, 'log'>): Part {
  return createWorker({ name: 'impersonations', everyMs: EVERY_MS, log: deps.log }, () => sweepImpersonations(deps));
}
