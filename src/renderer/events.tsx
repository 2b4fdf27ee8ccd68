import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useRef } from 'react';
import type { DeskEvent } from '#core/contract/desk/events.ts';
import { desk } from './desk.ts';
import { applyEvent } from './event-effects.ts';
import { useHostState } from './host-link.ts';

type EventOf<T extends DeskEvent['type']> = Extract<DeskEvent, { type: T }>;
type Listener = (event: DeskEvent) => void;

const EventsContext = createContext<Set<Listener> | null>(null);

/**
 * Listens to the host's one live stream for as long as it is mounted, keeps the queries in step with it (before any
 * listener hears of the event) and passes each event on. After a break everything is read again: events were missed.
 */
export function EventsProvider({ children }: { children: ReactNode }) {
  const listeners = useRef(new Set<Listener>());
  const queryClient = useQueryClient();
  const hostState = useHostState();

  useEffect(() => {
    if (hostState !== 'up') return;
    const ending = new AbortController();
    const listen = async () => {
      while (!ending.signal.aborted) {
        try {
          const events = await desk.system.events(undefined, { signal: ending.signal });
          void queryClient.invalidateQueries();
          for await (const event of events) {
            applyEvent(queryClient, event);
            for (const listener of [...listeners.current]) listener(event);
          }
        } catch {
          // The stream broke; the loop opens it again, unless the host is gone, which ends this effect.
        }
        if (!ending.signal.aborted) await new Promise((resolve) => setTimeout(resolve, 500));
      }
    };
    void listen();
    return () => ending.abort();
  }, [hostState, queryClient]);

  return <EventsContext value={listeners.current}>{children}</EventsContext>;
}

/** Calls `handler` for every event of the type while the component is mounted; the handler may change between renders. */
export function useDeskEvent<T extends DeskEvent['type']>(type: T, handler: (event: EventOf<T>) => void): void {
  const listeners = useContext(EventsContext);
  const onEvent = useEffectEvent(handler);
  useEffect(() => {
    if (listeners === null) throw new Error('useDeskEvent needs an EventsProvider above it');
    const listener: Listener = (event) => {
      if (event.type === type) onEvent(event as EventOf<T>);
    };
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [listeners, type]);
}
