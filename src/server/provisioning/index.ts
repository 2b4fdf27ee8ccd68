import path from 'node:path';
import type { Program } from '#core/playbook/program.ts';
import { crmConnector } from '../connectors/crm/index.ts';
import { hlrConnector } from '../connectors/hlr/index.ts';
import { httpConnector } from '../connectors/http/index.ts';
import { mailConnector } from '../connectors/mail/index.ts';
import { loadMailTemplates } from '../connectors/mail/templates.ts';
import { openMailTransport } from '../connectors/mail/transport.ts';
import { ocsConnector } from '../connectors/ocs/index.ts';
import { type Connectors, createConnectors } from '../connectors/registry.ts';
import { takeFault } from '../demo/faults.ts';
import type { CentralDeps, Part } from '../deps.ts';
import { embeddedHlr } from '../hlr/embedded.ts';
import { osmocomHlr } from '../hlr/osmocom.ts';
import { createEngine, type Engine } from './engine.ts';
import { createJobFeed, type JobFeed } from './feed.ts';
import { createLease } from './lease.ts';
import { loadPlaybooks } from './playbooks/load.ts';
import type { Runtime } from './runtime.ts';
import { type ProvisioningSettings, readProvisioningSettings } from './settings.ts';
import { sweepJobs } from './takeover.ts';

/** Provisioning of one central: its jobs, and what their routes need. */
export interface Provisioning extends Part {
  readonly connectors: Connectors;
  readonly feed: JobFeed;
  /** Compiled playbooks by name. */
  readonly playbooks: ReadonlyMap<string, Program>;
  /** Puts an execution of a job on the queue; call it after the commit. What is missed is found by the sweep. */
  enqueue(jobId: number, run: number): Promise<void>;
  /** Why this central does not work on jobs at the moment; null when it does. */
  health(): string | null;
}

const RESOURCES = path.resolve(import.meta.dirname, '../../../resources');
const DRAIN_MS = 15_000;

/**
 * Builds provisioning. Throws PlaybooksRefused when a playbook, delivered or the operator's own, has faults, and
 * ConfigError for settings that can't be.
 */
export async function createProvisioning(
  deps: CentralDeps,
  settings: ProvisioningSettings = readProvisioningSettings(process.env),
  resources = RESOURCES,
): Promise<Provisioning> {
  const { config, connection, db, clock, log } = deps;
  const connectors = await buildConnectors(deps, settings, resources);
  const folders = [path.join(resources, 'playbooks'), ...(config.playbooks ? [config.playbooks] : [])];
  const playbooks = await loadPlaybooks(folders, connectors.catalogue);
  const databaseUrl = connection.url;
  const feed = createJobFeed(databaseUrl, log);
  const lease = createLease(db, log, settings);
  const stopping = new AbortController();
  const background = () => deps.background();
  const runtime: Runtime = { db, clock, log, connectors, lease, background, stopping: stopping.signal };
  const engine = createEngine(runtime, settings, databaseUrl);
  const sweeper = createSweeper(runtime, engine, settings);
  return {
    connectors,
    feed,
    playbooks,
    enqueue: (jobId, run) => engine.enqueue(jobId, run),
    health: () => (lease.lost().aborted ? 'no heartbeat reaches the database' : null),
    async start() {
      await lease.start();
      await engine.start();
      await feed.start();
      await sweeper.start();
    },
    async stop() {
      stopping.abort();
      await sweeper.stop();
      await engine.stop(DRAIN_MS);
      await lease.stop();
      await feed.stop();
    },
  };
}

async function buildConnectors(
  { config, db, clock }: CentralDeps,
  { httpHosts }: ProvisioningSettings,
  resources: string,
): Promise<Connectors> {
  const hlr = config.hlrUrl === undefined ? embeddedHlr(db, clock) : osmocomHlr(new URL(config.hlrUrl));
  const mail = openMailTransport(config);
  const templates = await loadMailTemplates(path.join(resources, 'mail'));
  const all = [
    crmConnector,
    ocsConnector(db),
    hlrConnector(hlr),
    mailConnector(mail, templates),
    httpConnector(httpHosts),
  ];
  return createConnectors(all, config.demo ? (action) => takeFault(db, action) : async () => null);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Looks for jobs that nobody works on, and tidies the queue: at the start, and then with every heartbeat. */
function createSweeper(runtime: Runtime, engine: Engine, settings: ProvisioningSettings): Part {
  let timer: NodeJS.Timeout | undefined;
  let sweeping: Promise<void> | undefined;
  const sweepOnce = async () => {
    const count = await sweepJobs(runtime, engine, settings);
    if (count > 0) runtime.log.info({ count }, 'jobs were taken over');
    await engine.forgetEnded(new Date(Date.now() - DAY_MS));
  };
  const sweep = () => {
    sweeping ??= sweepOnce()
      .catch((err) => runtime.log.warn({ err }, 'the sweep for left jobs failed'))
      .finally(() => {
        sweeping = undefined;
      });
    return sweeping;
  };
  return {
    async start() {
      await sweep();
      timer = setInterval(sweep, settings.heartbeatMs);
    },
    async stop() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
