import type { DeskEvent, ScanMatch } from '#core/contract/desk/events.ts';
import type { Scan } from '#core/scan/schema.ts';

export type ScanEvent = Extract<DeskEvent, { type: 'scan' }>;

/** `taken`: it did what it was meant to; `refused`: the target has said why not; `ignored`: not this target's matter. */
export type ScanAnswer = 'taken' | 'refused' | 'ignored';
export type ScanHandler = (scan: Scan, match: ScanMatch) => ScanAnswer | Promise<ScanAnswer>;

interface Target {
  readonly order: number;
  readonly handler: ScanHandler;
}

/** Who is asked about a scan, the innermost first. */
export interface ScanTargets {
  /** A place for a target. Taken while rendering, where parents come before their children. */
  nextOrder(): number;
  add(target: Target): () => void;
  /** Asks one target after the other until one does not ignore the scan. */
  offer(scan: Scan, match: ScanMatch): Promise<ScanAnswer>;
}

export function createScanTargets(): ScanTargets {
  const targets = new Set<Target>();
  let count = 0;
  return {
    nextOrder: () => {
      count += 1;
      return count;
    },
    add(target) {
      targets.add(target);
      return () => void targets.delete(target);
    },
    async offer(scan, match) {
      for (const { handler } of [...targets].sort((a, b) => b.order - a.order)) {
        const answer = await handler(scan, match);
        if (answer !== 'ignored') return answer;
      }
      return 'ignored';
    },
  };
}
