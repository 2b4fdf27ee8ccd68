import type { JobWatch } from './jobs/watch.ts';
import type { Log } from './log.ts';
import type { Reads } from './reads/reads.ts';
import type { Commands } from './router/commands.ts';
import { createImplementer } from './router/implementer.ts';
import { type OwnOptions, ownRouter } from './router/own.ts';
import { relayedRouter } from './router/relays.ts';

export interface RouterOptions extends OwnOptions {
  readonly watch: JobWatch;
  readonly reads: Reads;
  readonly commands: Commands;
  readonly log: Log;
}

/** The desk's methods for its windows: central's that are relayed, and its own. */
export function createRouter(options: RouterOptions) {
  const desk = createImplementer(options.session.user, options.log);
  const relayed = relayedRouter(desk, options);
  const { create, change, createContact, createSite } = desk.customers;
  const { commands } = options;
  const customers = {
    ...relayed.customers,
    create: create.handler(({ input }) => commands.create(input)),
    change: change.handler(({ input }) => commands.change(input)),
    createContact: createContact.handler(({ input }) => commands.createContact(input)),
    createSite: createSite.handler(({ input }) => commands.createSite(input)),
  };
  return desk.router({ ...relayed, customers, ...ownRouter(desk, options) });
}
