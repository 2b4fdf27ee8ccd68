import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { outboxTransitions } from '#core/sync/outbox.ts';
import { verifyJournal } from '../../../src/main/journal/journal.ts';
import { lastOfDrafts } from '../../../src/main/work-store/entries.ts';
import { waitUntil } from '../../parts/wait.ts';
import { journalOf } from '../enrolled-desk.ts';
import { testFolders } from '../folder.ts';
import { decideInFile } from './killed-child.ts';
import { openOutbox } from './outbox-desk.ts';

const newFolder = testFolders();
const child = path.join(import.meta.dirname, 'killed-child.ts');
/** COMPTOIR_FAULT_POINTS=all kills at each statement; else at so many, another choice each time. */
const POINTS = 40;
const RANDOM_KILLS = 12;
const seed = Number(process.env.COMPTOIR_TEST_SEED ?? Date.now() % 1_000_000);
let next = seed;
const random = (below: number) => {
  next = (next * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((next / 2_147_483_648) * below);
};

beforeAll(() => process.stdout.write(`kill seed ${seed} (COMPTOIR_TEST_SEED)\n`));
afterAll(() => undefined);

function start(folder: string, killAt: number, rounds = 1) {
  const args = [folder, String(killAt), String(rounds)];
  const program = fork(child, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  let said = '';
  let complained = '';
  program.stdout?.on('data', (chunk) => (said += chunk));
  program.stderr?.on('data', (chunk) => (complained += chunk));
  const closed = once(program, 'close');
  const named = (word: string) =>
    [...said.matchAll(new RegExp(`^${word} (\\S+)$`, 'gm'))].map((match) => match[1] ?? '');
  return { program, closed, named, complained: () => complained };
}

/** What must hold of the files, whatever moment they are of: then everything acknowledged goes up, once. */
async function expectWhole(folder: string, acknowledged: readonly string[], settled: readonly string[]) {
  const file = path.join(folder, 'central.jsonl');
  const central = {
    sync: { commands: ((batch: never[]) => decideInFile(file, batch)) as never, handIn: undefined as never },
  };
  const desk = openOutbox({ folder, central });
  try {
    expect(desk.work.setAside()).toBeNull();
    expect((await verifyJournal(desk.work)).intact).toBe(true);
    const rows = desk.work.read((sql) =>
      sql.all<{ id: string; state: string; local_id: number | null }>('select * from outbox'),
    );
    const states = new Map(rows.map(({ id, state }) => [id, state]));
    for (const id of acknowledged) expect(states.has(id), `acknowledged ${id}`).toBe(true);
    for (const id of settled) expect(states.get(id)).toBe('settled');
    // Each entry is where its journal says, by steps that are allowed.
    const journal = journalOf(folder);
    for (const { id, state } of rows) {
      const steps = journal
        .filter(({ detail }) => detail.commandId === id)
        .map(({ event }) => event.split('.')[1] ?? '');
      expect(steps[0]).toBe('saved');
      expect(steps.at(-1)).toBe(state);
      for (const [index, step] of steps.slice(1).entries()) {
        expect(outboxTransitions[steps[index] as 'saved']).toContain(step);
      }
    }
    const held = desk.work.read((sql) => sql.all<{ item_id: number; draft_id: string }>('select * from local_hold'));
    for (const { entry } of desk.work.read((sql) => lastOfDrafts(sql))) {
      const items = (entry.payload.items as { itemId: number }[]).map(({ itemId }) => itemId);
      for (const id of items)
        expect(held).toContainEqual(expect.objectContaining({ item_id: id, draft_id: entry.draftId }));
    }
    const twin = rows.find(({ id }) => states.get(id) === 'refused');
    desk.online();
    await waitUntil(
      () => desk.outbox.counts().waiting === 0 || desk.outbox.counts().refused > 0,
      'what can go up to go up',
    );
    const refused = (await desk.entries()).find(({ state }) => state === 'refused') ?? twin;
    if (refused !== undefined) await desk.outbox.settle({ id: refused.id, settlement: 'retried' });
    await waitUntil(() => desk.outbox.counts().waiting === 0, 'everything to be sent');
    const decided = existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
      : [];
    expect(new Set(decided.map(({ command }) => command.id)).size).toBe(decided.length);
    const drafts = decided
      .filter(({ command }) => command.type === 'order.place')
      .map(({ command }) => command.payload.draftId);
    expect(new Set(drafts).size).toBe(drafts.length);
    const known = new Set(decided.map(({ command }) => command.id));
    for (const id of acknowledged) expect(known.has(id), `head office has ${id}`).toBe(true);
  } finally {
    await desk.close();
  }
}

it('killed before any statement of its database, a desk has everything it acknowledged, whole, and sends it once', async () => {
  const whole = newFolder();
  const counting = start(whole, 0);
  await counting.closed;
  expect(counting.complained()).toBe('');
  const total = Number(counting.named('done')[0]);
  expect(total).toBeGreaterThan(60);
  await expectWhole(whole, counting.named('saved'), counting.named('settled'));
  const all = Array.from({ length: total }, (_, index) => index + 1);
  const points = process.env.COMPTOIR_FAULT_POINTS === 'all' ? all : all.filter(() => random(total) < POINTS);
  const killAndCheck = async (point: number) => {
    const folder = newFolder();
    const killed = start(folder, point);
    const [code, signal] = await killed.closed;
    expect([point, code, signal, killed.complained()]).toEqual([point, null, 'SIGKILL', '']);
    await expectWhole(folder, killed.named('saved'), killed.named('settled'));
  };
  const lane = async () => {
    for (let point = points.shift(); point !== undefined; point = points.shift()) await killAndCheck(point);
  };
  await Promise.all([lane(), lane()]);
});

it('killed at any moment, it has everything it acknowledged', async () => {
  for (let count = 0; count < RANDOM_KILLS; count += 1) {
    const folder = newFolder();
    const killed = start(folder, 0, 50);
    await waitUntil(() => killed.named('saved').length > random(20), 'some work to be saved');
    await wait(random(20));
    killed.program.kill('SIGKILL');
    await killed.closed;
    await expectWhole(folder, killed.named('saved'), killed.named('settled'));
  }
});

it('a copy of its files of any moment opens, and has everything acknowledged by then', async () => {
  const folder = newFolder();
  const running = start(folder, 0, 50);
  for (let count = 0; count < RANDOM_KILLS; count += 1) {
    const before = running.named('saved').length;
    await waitUntil(() => running.named('saved').length > before || running.named('done').length > 0, 'more work');
    await wait(random(10));
    // Held still for the time of the copy: what a power cut leaves is one moment of the disk.
    running.program.kill('SIGSTOP');
    const acknowledged = running.named('saved');
    const copy = path.join(newFolder(), 'copy');
    mkdirSync(copy);
    for (const name of ['work.sqlite', 'work.sqlite-wal', 'central.jsonl']) {
      if (existsSync(path.join(folder, name))) copyFileSync(path.join(folder, name), path.join(copy, name));
    }
    running.program.kill('SIGCONT');
    await expectWhole(copy, acknowledged, []);
  }
  running.program.kill('SIGKILL');
  await running.closed;
});
