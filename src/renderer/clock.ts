import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { deskQuery } from './desk.ts';

let offsetMs = 0;
const watchers = new Set<() => void>();

/** Central's clock decides when a hold lapses; this machine's may be wrong. Milliseconds to add to the local time. */
function setOffset(ms: number): void {
  // Less than the way there and back can't be told from delay.
  if (Math.abs(ms - offsetMs) < 1500) return;
  offsetMs = ms;
  for (const watcher of watchers) watcher();
}

/** Keeps the clock in step with central's; mounted once, in the frame. */
export function useCentralClock(): void {
  const { data, dataUpdatedAt } = useQuery(deskQuery.central.info.queryOptions({ refetchInterval: 60_000 }));
  useEffect(() => {
    if (data !== undefined) setOffset(new Date(data.now).getTime() - dataUpdatedAt);
  }, [data, dataUpdatedAt]);
}

/** The present by central's clock, as milliseconds since the epoch. */
export function centralNow(): number {
  return Date.now() + offsetMs;
}

/** The present by central's clock, renewed every `intervalMs`. */
export function useNow(intervalMs = 1000): Date {
  const offset = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => void watchers.delete(watcher);
    },
    () => offsetMs,
  );
  const [local, setLocal] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLocal(Date.now()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return new Date(local + offset);
}

/** The present by this machine's own clock, renewed every `intervalMs`: for the age of what was written down by it. */
export function useMachineNow(intervalMs = 15_000): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return now;
}
