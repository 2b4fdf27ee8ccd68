import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { isJobEnded } from '#core/domain/job-progress.ts';
import type { Job } from '#core/domain/provisioning.ts';
import { monotonicMs } from '../src/main/devices/messages.ts';
import type { Shell } from '../tests/e2e/desk-page.ts';
import { draftIdOf, scanToReview } from '../tests/e2e/wizard-parts.ts';
import type { CentralClient } from '../tests/parts/central.ts';
import { pageClock, wallOffset } from './lib/clocks.ts';
import { type BenchDesk, shells, startBenchDesk } from './lib/desk.ts';
import { latencyRows, skippedRow } from './lib/rows.ts';
import { paintedTasks, watchTasks } from './lib/task-list.ts';
import type { BenchRow } from './row.ts';

const JOBS = 20;
const POLL_MS = 200;
const AIM_MS = 50;
const NOTE = `${JOBS} jobs of an enrolled desk, every task; from the commit of its end, by PostgreSQL’s own note of it`;

/** When each task was first seen done, by its key; by the machine's monotonic clock. */
type Seen = Map<string, number>;

/** Asks every 0.2 s, as a screen without a stream would, until the draft's job has ended. */
async function poll(central: CentralClient, draftId: string): Promise<{ job: Job; seen: Seen }> {
  const seen: Seen = new Map();
  const start = monotonicMs();
  let jobId: number | undefined;
  for (let asked = 1; ; asked += 1) {
    jobId ??= (await central.orders.list({ draftId, limit: 1 })).items[0]?.provisioningJobId;
    const job = jobId === undefined ? null : await central.provisioning.get({ id: jobId });
    const now = monotonicMs();
    for (const { key, status } of job?.tasks ?? []) if (status === 'succeeded' && !seen.has(key)) seen.set(key, now);
    if (job && isJobEnded(job.status)) return { job, seen };
    await pause(Math.max(0, start + asked * POLL_MS - monotonicMs()));
  }
}

/** When the end of each task of a job was committed, by its key, on the wall's clock in ms: after this nothing of them is written. */
async function committedTasks(databaseUrl: string, jobId: number): Promise<Map<string, number>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ key: string; ms: number }>(
      `select key, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8 as ms from job_tasks where job_id = $1`,
      [jobId],
    );
    return new Map(rows.map(({ key, ms }) => [key, ms]));
  } finally {
    await client.end();
  }
}

interface Samples {
  readonly pushed: number[];
  readonly polled: number[];
}

/** One order from Confirm to its end, watched by the screen and, at the same time, by the poll. */
async function followOne(desk: BenchDesk, central: CentralClient, samples: Samples): Promise<void> {
  const { page } = desk;
  await scanToReview(desk);
  await watchTasks(page);
  const polling = poll(central, draftIdOf(page));
  await desk.hands.press('Control+Enter');
  const { job, seen } = await polling;
  if (job.status !== 'succeeded') throw new Error(`job ${job.id} ${job.status}`);
  await page.getByTestId('success').waitFor();
  const painted = await paintedTasks(page);
  const { offset } = await pageClock(page);
  const wall = wallOffset();
  for (const [key, committed] of await committedTasks(desk.databaseUrl, job.id)) {
    const done = committed - wall;
    samples.pushed.push((painted[key] ?? Number.NaN) + offset - done);
    samples.polled.push((seen.get(key) ?? Number.NaN) - done);
  }
}

async function measureShell(shell: Shell): Promise<BenchRow[]> {
  const desk = await startBenchDesk(shell);
  const samples: Samples = { pushed: [], polled: [] };
  try {
    const central = await desk.central.asSales();
    for (let job = 0; job < JOBS; job += 1) await followOne(desk, central, samples);
  } finally {
    await desk.stop();
  }
  return [
    ...latencyRows(`task done to task on screen, ${shell}`, samples.pushed, { aim: AIM_MS, note: NOTE }),
    ...latencyRows(`task done to a 0.2 s poll’s answer, ${shell}`, samples.polled, {
      note: 'the same tasks, unpainted',
    }),
  ];
}

/** A task's end until the frame with its mark is drawn, beside what a poll would have made of the same jobs. */
export async function run(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { shell, part } of shells) {
    if (part.available) rows.push(...(await measureShell(shell)));
    else rows.push(skippedRow(`task done to task on screen, ${shell}`, part.reason));
  }
  return rows;
}
