import type { Contact, Customer, Site } from '#core/domain/customer.ts';
import type { OutboxEntry } from '#core/sync/outbox.ts';
import type { MadeHere, Overlay, OwnWork } from '../reads/overlay.ts';
import { listGivenBack, listHolds } from '../work-store/holds.ts';
import type { WorkStore } from '../work-store/work-store.ts';
import type { Mirror } from './mirror.ts';
import { contactOf, customerOf, fieldsOf, siteOf } from './rows.ts';

/** This desk's work for its local reads. Made anew when something changed, else the same object. */
export function createOverlay(store: WorkStore, mirror: Mirror, holdsVersion: () => number): Overlay {
  let known: { readonly version: string; readonly work: OwnWork } | null = null;
  return {
    async ownWork() {
      const version = `${mirror.version()}.${holdsVersion()}`;
      if (known?.version !== version) known = { version, work: ownWork(store, mirror) };
      return known.work;
    },
    numberOf: async (localId) => mirror.numbers.get(localId) ?? null,
  };
}

function ownWork(store: WorkStore, mirror: Mirror): OwnWork {
  const entries = [...mirror.accepted(), ...mirror.open()].sort((a, b) => a.seq - b.seq);
  const of = (type: OutboxEntry['type']) => entries.filter((entry) => entry.type === type);
  const made = <R extends { id: number }>(type: OutboxEntry['type'], rowOf: (entry: OutboxEntry) => R) =>
    of(type).map((entry): MadeHere<R> => {
      const localId = entry.localId ?? 0;
      const row = entry.state === 'accepted' ? (entry.result as unknown as R) : rowOf(entry);
      return { localId, number: mirror.numbers.get(localId) ?? null, row };
    });
  return {
    customers: made<Customer>('customer.create', customerOf),
    contacts: made<Contact>('contact.create', contactOf),
    sites: made<Site>('site.create', siteOf),
    changes: of('customer.change')
      .filter(({ state }) => state !== 'refused')
      .map((entry) => ({
        customerId: mirror.numbers.get(entry.customerId) ?? entry.customerId,
        fields: fieldsOf(entry),
        result: entry.state === 'accepted' ? (entry.result as unknown as Customer) : null,
      })),
    // What head office leases it shows itself, with its end.
    holds: store.read(listHolds).filter(({ leased }) => !leased),
    givenBack: store.read(listGivenBack),
  };
}
