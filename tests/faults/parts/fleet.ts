import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Random, randomFrom } from '../../../src/server/demo/random.ts';
import type { CentralClient, SpawnedCentral } from '../../parts/central.ts';
import { PASSWORD, signInTo, spawnCentral } from '../../parts/central.ts';
import { createTestDatabase } from '../../parts/database.ts';
import { waitUntil } from '../../parts/wait.ts';
import { createFleetDesk, type FleetDesk } from './fleet-desk.ts';
import { type HostileLine, honest, startHostileLine } from './hostile-line.ts';
import type { Acknowledgement } from './messages.ts';

export interface Member {
  readonly name: string;
  readonly storeId: number;
  readonly email: string;
  readonly line: HostileLine;
  readonly desk: FleetDesk;
  clockMs: number;
}

/** Real desks in processes of their own, each behind a line of its own, and a real central in one of its own. */
export interface Fleet {
  readonly members: readonly Member[];
  readonly databaseUrl: string;
  readonly random: Random;
  /** What people were told is done. */
  readonly acknowledged: Acknowledgement[];
  admin(): Promise<CentralClient>;
  killCentral(): Promise<void>;
  startCentral(): Promise<void>;
  stop(): Promise<void>;
}

const CENTRAL_START_MS = 60_000;

export async function startFleet(seed: number, storeIds: readonly number[]): Promise<Fleet> {
  const random = randomFrom(seed);
  const database = await createTestDatabase();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'comptoir-fleet-'));
  const acknowledged: Acknowledgement[] = [];
  let central: SpawnedCentral = await spawn();
  function spawn() {
    return spawnCentral({
      DATABASE_URL: database.url,
      COMPTOIR_DATA_DIR: path.join(folder, 'central'),
      COMPTOIR_DEMO: '1',
      COMPTOIR_LOG_LEVEL: 'error',
    });
  }
  const admin = async () => (await signInTo(central.url, 'admin@demo.comptoir.test')).client;
  const first = await admin();
  const members: Member[] = [];
  for (const [index, storeId] of storeIds.entries()) {
    const name = `desk ${index + 1}`;
    const email = `fleet${index + 1}@demo.comptoir.test`;
    await first.users.create({ name, email, password: PASSWORD, roles: ['sales'], storeId });
    const line = await startHostileLine(central.url, randomFrom(seed + index));
    const dataDir = path.join(folder, `desk-${index + 1}`, 'desk');
    const note = (what: Acknowledgement) => void acknowledged.push(what);
    const desk = createFleetDesk({ dataDir, centralUrl: line.url, mark: `d${index + 1}`, acknowledged: note });
    members.push({ name, storeId, email, line, desk, clockMs: 0 });
  }
  // Not all at once: twelve hosts that start together keep each other from answering in time.
  const waiting = [...members];
  const lane = async () => {
    for (let member = waiting.shift(); member !== undefined; member = waiting.shift()) await enrol(member, first);
  };
  await Promise.all([lane(), lane(), lane()]);
  return {
    members,
    databaseUrl: database.url,
    random,
    acknowledged,
    admin,
    killCentral: () => central.kill(),
    async startCentral() {
      central = await spawn();
      for (const { line } of members) line.lead(central.url);
    },
    async stop() {
      await Promise.all(members.map(({ desk }) => desk.kill()));
      await Promise.all(members.map(({ line }) => line.close()));
      await central.kill();
      await database.drop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** From a bare machine to a desk that works without a line. */
async function enrol({ desk, name, storeId, email }: Member, admin: CentralClient): Promise<void> {
  await desk.start();
  const code = await waitUntil(() => desk.call('askCode').catch(() => null), `a code for ${name}`, CENTRAL_START_MS);
  await admin.desks.approveEnrolment({ code, name, storeId });
  await waitUntil(() => desk.call('enrolled'), `${name} to be enrolled`, CENTRAL_START_MS);
  await signedIn({ desk, name, email }, CENTRAL_START_MS);
  await waitUntil(() => desk.call('whole'), `the directory of ${name}`, CENTRAL_START_MS);
}

/** A machine that is busy may not answer at the first try. */
async function signedIn(
  { desk, name, email }: Pick<Member, 'desk' | 'name' | 'email'>,
  withinMs: number,
): Promise<void> {
  const signIn = () =>
    desk.call('signIn', email, PASSWORD).then(
      () => true,
      () => false,
    );
  await waitUntil(signIn, `${name} to be signed in`, withinMs);
}

/**
 * Mends everything, has everybody sign in anew (whoever was away for long must), then waits until nobody owes head office
 * anything. Fails when nothing of a desk has moved for so long.
 */
export async function heal(fleet: Fleet, withoutProgressMs: number): Promise<void> {
  for (const { desk, line, clockMs } of fleet.members) {
    line.mend();
    line.behave(honest);
    if (!desk.isAlive()) await desk.start(clockMs);
    await desk.call('rest');
  }
  for (const { desk, name, email } of fleet.members) {
    await signedIn({ desk, name, email }, withoutProgressMs);
    let stood = '';
    let deadline = 0;
    for (;;) {
      const { waiting, refused, online, directory, why } = await desk.call('drain');
      if (waiting === 0 && refused === 0 && online && directory === 'current') break;
      const stands = `${waiting} wait, ${refused} refused, ${directory}, ${why}`;
      if (stands !== stood) deadline = performance.now() + withoutProgressMs;
      stood = stands;
      if (performance.now() > deadline) throw new Error(`${name} never healed: ${stands}`);
      await pause(100);
    }
  }
}
