import { createRouterClient } from '@orpc/server';
import { pino } from 'pino';
import { createHost } from '../../../src/main/host.ts';
import { createKeyFileSecrets } from '../../../src/main/session/secret-store.ts';
import { noDrivers } from '../../parts/no-drivers.ts';
import type { Acknowledgement, DeskCall, DeskCalls, DeskSays } from './messages.ts';
import { assignOne, type Desk, workAtRandom } from './person.ts';

/*
 * A desk of the fleet in a process of its own, so that it can be killed: the whole host on real files, with somebody at it.
 * The parent asks by messages; what is acknowledged to the person is told at once.
 */

const { FLEET_DATA_DIR: dataDir = '', FLEET_CENTRAL_URL: centralUrl = '', FLEET_MARK: mark = '' } = process.env;

let offsetMs = Number(process.env.FLEET_CLOCK_MS ?? 0);
const now = () => new Date(Date.now() + offsetMs);
const host = await createHost({
  dataDir,
  centralUrl,
  capabilities: { shell: 'browser', version: 'test', platform: process.platform, print: false },
  secrets: createKeyFileSecrets(dataDir),
  drivers: noDrivers,
  directory: new URL('../../../src/main/directory/worker.ts', import.meta.url),
  log: pino({ level: process.env.COMPTOIR_TEST_LOG ?? 'silent' }),
  now,
});
await host.start();
const desk: Desk = createRouterClient(host.router);

let resting = new AbortController();
let working: Promise<void> = Promise.resolve();

const say = (message: DeskSays) => void process.send?.(message);
const acknowledged = (what: Acknowledgement) => say({ type: 'acknowledged', what });

const calls: DeskCalls = {
  async signIn(email, password) {
    await desk.session.signIn({ email, password });
  },
  async askCode() {
    const enrolment = await desk.enrolment.request();
    return enrolment.state === 'waiting' ? enrolment.code : '';
  },
  enrolled: async () => (await desk.enrolment.get()).state === 'enrolled',
  whole: async () => (await desk.sync.state()).directory === 'current',
  async work(seed) {
    resting = new AbortController();
    working = workAtRandom({ desk, mark, seed, acknowledged, resting: resting.signal });
  },
  async rest() {
    resting.abort();
    await working;
  },
  assignOne: () => assignOne({ desk, mark, acknowledged }),
  standing: async () => (await desk.enrolment.get()).state,
  handIn: () => desk.outbox.handIn(),
  async clock(milliseconds) {
    offsetMs = milliseconds;
  },
  drain,
  async stop() {
    resting.abort();
    await working;
    await host.stop();
  },
};

/** A person goes through what was refused: once more as it is, and what is refused again is cancelled. */
async function drain() {
  await desk.sync.now();
  const { items } = await desk.outbox.list({ open: true, limit: 500 });
  for (const { id, state, draftId, subject, type, choices, error } of items) {
    if (state !== 'refused') continue;
    acknowledged({ kind: 'refused', draftId, what: type, code: error?.code ?? '', data: error?.data ?? null });
    const isFirst = !triedAgain.has(draftId ?? subject);
    const settlement = isFirst && choices.includes('retried') ? 'retried' : 'cancelled';
    triedAgain.add(draftId ?? subject);
    const settled = await desk.outbox.settle({ id, settlement }).catch(() => null);
    if (settled !== null && settlement === 'cancelled')
      acknowledged({ kind: 'cancelled', draftId, name: type === 'customer.create' ? subject : null });
  }
  const { outbox, directory } = await desk.sync.state();
  const { state } = await desk.system.link();
  const [first] = items;
  const why = first === undefined ? null : `${first.type} ${first.state} ${JSON.stringify(first.error)}`;
  return { waiting: outbox.waiting, refused: outbox.refused, online: state === 'online', directory, why };
}

const triedAgain = new Set<string>();

process.on('message', ({ id, name, args }: DeskCall) => {
  const call = calls[name] as (...given: readonly unknown[]) => Promise<unknown>;
  call(...args).then(
    (result) => {
      say({ type: 'answer', id, result });
      if (name === 'stop') process.disconnect();
    },
    (error: unknown) => say({ type: 'answer', id, error: error instanceof Error ? error.message : String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
say({ type: 'ready' });
