import type { JobWatch } from './jobs/watch.ts';
import type { Log } from './log.ts';
import { createImplementer } from './router/implementer.ts';
import { type OwnOptions, ownRouter } from './router/own.ts';
import { relayedRouter } from './router/relays.ts';

export interface RouterOptions extends OwnOptions {
  readonly watch: JobWatch;
  readonly log: Log;
}

/** The desk's methods for its windows: central's that are relayed, and its own. */
export function createRouter(options: RouterOptions) {
  const desk = createImplementer(options.session.user, options.log);
  return desk.router({ ...relayedRouter(desk, options), ...ownRouter(desk, options) });
}
