import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react';
import { useDeskEvent } from '../events.tsx';
import { play } from '../sound.ts';
import { useDefaultScanTarget } from './default-target.tsx';
import { createScanTargets, type ScanHandler, type ScanTargets } from './targets.ts';
import { useWedgeCapture } from './use-wedge-capture.ts';

export type { ScanAnswer, ScanHandler } from './targets.ts';

const TargetsContext = createContext<ScanTargets | null>(null);

/**
 * Takes every scan of every source and asks the screen's targets about it, the innermost first; what all of them ignore
 * goes where the desk itself leads: an unassigned SIM starts an assignment, an assigned one opens its owner.
 * The sound of the answer is played here, so that a target only has to answer.
 */
export function ScanRouter({ children }: { children: ReactNode }) {
  const [targets] = useState(createScanTargets);
  const fallBack = useDefaultScanTarget();
  useWedgeCapture();
  useDeskEvent('scan', ({ scan, match }) => {
    void targets
      .offer(scan, match)
      .then((answer) => (answer === 'ignored' ? fallBack(scan, match) : answer))
      .then((answer) => {
        if (answer !== 'ignored') play(answer === 'taken' ? 'accepted' : 'refused');
      });
  });
  return <TargetsContext value={targets}>{children}</TargetsContext>;
}

/** Offers every scan to `handler` while the component is mounted, before any target further out. */
export function useScanTarget(handler: ScanHandler): void {
  const targets = useContext(TargetsContext);
  if (targets === null) throw new Error('useScanTarget needs a ScanRouter above it');
  const [order] = useState(() => targets.nextOrder());
  const onScan = useEffectEvent(handler);
  useEffect(() => targets.add({ order, handler: (scan, match) => onScan(scan, match) }), [targets, order]);
}
