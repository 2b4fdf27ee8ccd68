import type { MadeHere, OwnWork } from './overlay.ts';

const resolved = new WeakMap<OwnWork, Promise<OwnWork>>();

/** The same work under head office's numbers, wherever a customer has one by now. Done once for each piece of work. */
export function resolveOwnWork(own: OwnWork, realId: RealId): Promise<OwnWork> {
  const known = resolved.get(own) ?? resolve(own, realId);
  resolved.set(own, known);
  return known;
}

type RealId = (id: number) => Promise<number>;

async function resolve(own: OwnWork, realId: RealId): Promise<OwnWork> {
  const ofOne = async <R extends { customerId: number }>(made: MadeHere<R>): Promise<MadeHere<R>> => ({
    ...made,
    row: { ...made.row, customerId: await realId(made.row.customerId) },
  });
  return {
    ...own,
    customers: await Promise.all(
      own.customers.map(async (made) => {
        const id = await realId(made.localId);
        return { ...made, number: made.number ?? (id > 0 ? id : null) };
      }),
    ),
    changes: await Promise.all(
      own.changes.map(async (change) => ({ ...change, customerId: await realId(change.customerId) })),
    ),
    contacts: await Promise.all(own.contacts.map(ofOne)),
    sites: await Promise.all(own.sites.map(ofOne)),
  };
}
