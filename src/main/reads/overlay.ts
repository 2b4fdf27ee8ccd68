import type { Contact, Customer, Site } from '#core/domain/customer.ts';

/**
 * Something made at this desk: under the desk's own negative id, and under head office's number once there is one. `row` is
 * what the desk answered when it was made (`id: localId`), or head office's answer once accepted (`id: number`).
 */
export interface MadeHere<R> {
  readonly localId: number;
  readonly number: number | null;
  readonly row: R;
}

/** A change of a customer, made here. */
export interface ChangedHere {
  /** Head office's number, or the desk's own id. */
  readonly customerId: number;
  /** The fields it sets, as they will be; without `version`. */
  readonly fields: Partial<Omit<Customer, 'id' | 'version' | 'createdAt' | 'hasPaymentMethod'>>;
  /** Head office's row after it, once accepted; null while it waits. */
  readonly result: Customer | null;
}

/** An item of this desk's share that the desk itself keeps for one of its drafts, without a line. */
export interface HeldHere {
  readonly itemId: number;
  readonly draftId: string;
  readonly userName: string;
}

/**
 * This desk's work that its directory may not show yet: everything `saved`, and what was `accepted` so lately that the
 * directory may not have pulled it (one hour is ample; older ones may be listed, they do no harm). Refused and settled
 * work is left out, except that a refused customer, contact or site stays findable until a person decided about it.
 * Everything in the order in which it was done.
 */
export interface OwnWork {
  readonly customers: readonly MadeHere<Customer>[];
  readonly changes: readonly ChangedHere[];
  readonly contacts: readonly MadeHere<Contact>[];
  readonly sites: readonly MadeHere<Site>[];
  readonly holds: readonly HeldHere[];
  /** Items this desk let go that its directory may still show as its own. */
  readonly givenBack: ReadonlySet<number>;
}

/**
 * What local reads lay over the directory. Asked at every read: the same object as long as nothing of it changed, another
 * when something did, a number of head office's among it.
 */
export interface Overlay {
  ownWork(): Promise<OwnWork>;
  /** Head office's number for an id of this desk's own, however long ago it got it; null when it has none. */
  numberOf(localId: number): Promise<number | null>;
}

const nothing: OwnWork = {
  customers: [],
  changes: [],
  contacts: [],
  sites: [],
  holds: [],
  givenBack: new Set(),
};

/** For a desk without work of its own. */
export const emptyOverlay: Overlay = {
  ownWork: async () => nothing,
  numberOf: async () => null,
};
