import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { DeskContract } from '#core/contract/desk.ts';
import { host } from './host-link.ts';

/** The desk's host, typed by its contract: over a MessagePort in Electron, over a WebSocket in a browser. */
export const desk: ContractRouterClient<DeskContract> = createORPCClient(host.link);

/** Query and mutation options for TanStack Query, for example `deskQuery.customers.get.queryOptions({ input: { id } })`. */
export const deskQuery = createTanstackQueryUtils(desk);
