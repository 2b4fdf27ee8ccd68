import type { RouteMeta } from '#core/contract/base.ts';
import { centralContract } from '#core/contract/central.ts';
import { relayed } from '#core/contract/desk.ts';
import type { Job } from '#core/domain/provisioning.ts';
import type { Central } from '../central/client.ts';
import { proceduresOf } from '../central/routes.ts';
import type { Directory } from '../directory/directory.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { JobWatch } from '../jobs/watch.ts';
import type { Reads } from '../reads/reads.ts';
import type { DeskImplementer, DeskRouter } from './implementer.ts';

type Relay = (input: unknown, options: { signal?: AbortSignal }) => Promise<unknown>;
type RelayedRouter = Pick<DeskRouter, keyof typeof relayed>;
type Tree = { [name: string]: unknown };

interface RelayOptions {
  readonly central: Central;
  /** Answered from here first, on a desk that has a directory. */
  readonly reads: Reads;
  readonly directory: Pick<Directory, 'caughtUp'>;
  readonly watch: JobWatch;
  readonly jobs: Jobs;
}

/** What was changed at head office is to be read here next: so long is waited for the directory to have it. */
const CAUGHT_UP_MS = 300;

/** Central's routes of the table `relayed`, under their names on the desk: whatever is not listed there has no relay. */
export function relayedRouter(desk: DeskImplementer, options: RelayOptions): RelayedRouter {
  const { central, watch, jobs, directory } = options;
  const router = relaysOf(desk, options);
  const { events, retry, cancel } = desk.provisioning;
  /** A job that moves again is this desk's to follow. */
  const followed = async (job: Job) => {
    await jobs.follow(job.id);
    await directory.caughtUp(CAUGHT_UP_MS);
    return job;
  };
  return {
    ...router,
    provisioning: {
      ...router.provisioning,
      events: events.handler(({ input, signal }) => watch.read(input.id, signal)),
      retry: retry.handler(async ({ input }) => followed(await central.provisioning.retry(input))),
      cancel: cancel.handler(async ({ input }) => followed(await central.provisioning.cancel(input))),
    },
  };
}

/**
 * Made from the table alone, so that table and router can't differ; the types of table and router are the same by the
 * contract, which TypeScript can't see through the loop.
 */
function relaysOf(desk: DeskImplementer, { central, reads, directory }: RelayOptions): RelayedRouter {
  const names = new Map(proceduresOf(centralContract).map(({ path, procedure }) => [procedure, path]));
  const router: Tree = {};
  for (const { path, procedure } of proceduresOf(relayed)) {
    const name = names.get(procedure);
    if (name === undefined) throw new Error(`central has no route for ${path.join('.')}`);
    const relay = (at(reads, name) ?? at(central, name)) as Relay;
    const { command }: RouteMeta = procedure['~orpc'].meta;
    const method = at(desk, path) as { handler(call: (call: RelayCall) => Promise<unknown>): unknown };
    put(
      router,
      path,
      method.handler(async ({ input, signal }) => {
        const answer = await relay(input, { signal });
        if (command) await directory.caughtUp(CAUGHT_UP_MS);
        return answer;
      }),
    );
  }
  return router as RelayedRouter;
}

interface RelayCall {
  readonly input: unknown;
  readonly signal?: AbortSignal;
}

function at(root: unknown, path: readonly string[]): unknown {
  let node = root;
  for (const name of path) node = (node as Tree | undefined)?.[name];
  return node;
}

function put(root: Tree, path: readonly string[], value: unknown): void {
  let node = root;
  for (const name of path.slice(0, -1)) {
    node[name] ??= {};
    node = node[name] as Tree;
  }
  node[path.at(-1) ?? ''] = value;
}
