import { QueryClient } from '@tanstack/react-query';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { syncEntities } from '#core/sync/rows.ts';

type Effects = typeof import('../../src/renderer/event-effects.ts');
type Desk = typeof import('../../src/renderer/desk.ts');
let effects: Effects;
let deskQuery: Desk['deskQuery'];
let client: QueryClient;

beforeAll(async () => {
  // The screens' link to their host looks at the window when it is loaded; nothing is opened before it is started.
  vi.stubGlobal('window', { location: { href: 'http://127.0.0.1/' } });
  effects = await import('../../src/renderer/event-effects.ts');
  ({ deskQuery } = await import('../../src/renderer/desk.ts'));
  return () => void vi.unstubAllGlobals();
});

beforeEach(() => {
  client = new QueryClient();
});

const isStale = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;

describe('what an event makes stale', () => {
  it('every entity of the directory has queries that read it', () => {
    for (const entity of syncEntities) expect(effects.staleAfter([entity]), entity).not.toEqual([]);
  });

  it('changed customers are read again, the stock is not', () => {
    const customers = deskQuery.customers.list.queryKey({ input: { limit: 10 } });
    const one = deskQuery.customers.get.queryKey({ input: { id: 123 } });
    const items = deskQuery.inventory.items.queryKey({ input: { limit: 10 } });
    for (const key of [customers, one, items]) client.setQueryData<unknown>(key, { items: [] });
    effects.applyEvent(client, { type: 'directory', entities: ['customers'] });
    expect([customers, one, items].map(isStale)).toEqual([true, true, false]);
  });

  it('the state of the desk is put in place without asking again', () => {
    const state = {
      directory: 'current' as const,
      progress: null,
      lastSyncAt: null,
      clockDifferenceMs: null,
      outbox: { waiting: 1, refused: 0, oldest: null },
      setAside: null,
    };
    effects.applyEvent(client, { type: 'sync', state });
    expect(client.getQueryData(deskQuery.sync.state.queryKey())).toEqual(state);
  });

  it('who signs out leaves nothing of customers behind, but the sign-in screen keeps what it shows', () => {
    const customer = deskQuery.customers.get.queryKey({ input: { id: 123 } });
    const outbox = deskQuery.outbox.list.queryKey({ input: {} });
    const kept = [
      deskQuery.staff.known.queryKey(),
      deskQuery.enrolment.get.queryKey(),
      deskQuery.sync.state.queryKey(),
    ];
    for (const key of [customer, outbox, ...kept]) client.setQueryData<unknown>(key, {});
    effects.applyEvent(client, { type: 'session', user: null, reason: 'signed_out' });
    expect([customer, outbox].map((key) => client.getQueryData(key))).toEqual([undefined, undefined]);
    for (const key of kept) expect(client.getQueryData(key)).toEqual({});
  });
});
