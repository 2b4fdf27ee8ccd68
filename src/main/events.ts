import { EventPublisher, withEventMeta } from '@orpc/server';
import type { DeskEvent } from '#core/contract/desk/events.ts';

/** A window that hangs keeps this many events; older ones are dropped, and the numbers show the gap. */
const BUFFERED_EVENTS = 1000;

export interface Events {
  publish(event: DeskEvent): void;
  /** Every event from now on, each numbered; ends when the signal aborts. */
  subscribe(signal?: AbortSignal): AsyncGenerator<DeskEvent>;
  /** How many windows listen now. */
  readers(): number;
}

/** The desk's one live stream, to any number of windows. */
export function createEvents(): Events {
  const publisher = new EventPublisher<{ event: DeskEvent }>({ maxBufferedEvents: BUFFERED_EVENTS });
  let number = 0;
  let readers = 0;
  async function* read(stream: AsyncGenerator<DeskEvent>) {
    readers += 1;
    try {
      yield* stream;
    } finally {
      readers -= 1;
    }
  }
  return {
    publish(event) {
      number += 1;
      publisher.publish('event', withEventMeta(event, { id: String(number) }));
    },
    // Subscribed at the call, not at the first read: nothing that happens between the two is missed.
    subscribe: (signal) => read(publisher.subscribe('event', { signal })),
    readers: () => readers,
  };
}
