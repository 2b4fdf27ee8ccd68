import { sql } from 'kysely';
import type { Logger } from 'pino';
import type { Db, Tx } from '../database/connection.ts';
import type { Engine, ExecutionState } from './engine.ts';
import { databaseNow, lockJob, touchJob, writeJobLog } from './job-writes.ts';
import { type Lease, machineId } from './lease.ts';
import type { Runtime } from './runtime.ts';

/** An open job, as the sweep sees it. */
interface OpenJob {
  readonly id: number;
  readonly run: number;
  readonly executorId: string | null;
}

export interface SweepOptions {
  readonly silenceMs: number;
}

/**
 * Finds open jobs that nobody works on, and puts a new execution of each on the queue: those of centrals that are gone or
 * silent, and those that never came onto the queue. Several centrals may sweep at once. Returns how many were taken over.
 */
export async function sweepJobs(runtime: Runtime, engine: Engine, { silenceMs }: SweepOptions): Promise<number> {
  const { db, lease, log } = runtime;
  await countOut(db, lease, silenceMs, log);
  const { rows: alive } = await sql<{ id: string; boot: string }>`select id, boot from executors`.execute(db);
  const open = await db
    .selectFrom('jobs')
    .select(['id', 'run', 'executorId'])
    .where('status', 'in', ['queued', 'running'])
    .execute();
  const owners = new Set(alive.map(({ id }) => id));
  const boots = new Set(alive.map(({ boot }) => boot));
  const owned = open.filter(({ executorId }) => executorId !== null);
  const left = owned.filter(
    ({ id, run, executorId }) =>
      !owners.has(executorId ?? '') || (executorId === lease.id() && !engine.isRunning({ jobId: id, run })),
  );
  const waiting = open.filter(({ executorId }) => executorId === null);
  const states = await engine.states(waiting.map(({ id, run }) => ({ jobId: id, run })));
  let count = 0;
  for (const job of waiting) {
    const state = states.get(job.id) ?? null;
    if (state === null) await engine.enqueue(job.id, job.run);
    else if (isLost(state, boots)) left.push(job);
  }
  for (const job of left) if (await takeOver(runtime, engine, job)) count += 1;
  return count;
}

/** On the queue's books, but not waiting, and not with a living central. */
function isLost({ isWaiting, isTaken, boot }: ExecutionState, boots: ReadonlySet<string>): boolean {
  if (isWaiting) return false;
  return !isTaken || boot === null || !boots.has(boot);
}

/** Strikes off centrals that are silent for too long, and those of this machine whose process is gone. */
async function countOut(db: Db, lease: Lease, silenceMs: number, log: Logger): Promise<void> {
  const machine = machineId();
  const others = await db
    .selectFrom('executors')
    .select(['id', 'machine', 'pid', sql<number>`extract(epoch from now() - beat_at) * 1000`.as('silentMs')])
    .where('boot', '<>', lease.boot)
    .execute();
  for (const { id, machine: place, pid, silentMs } of others) {
    const gone = place === machine && !isAlive(pid);
    if (!gone && Number(silentMs) <= silenceMs) continue;
    const silence = gone ? sql<boolean>`true` : sql<boolean>`beat_at <= now() - ${silenceMs} * interval '1 ms'`;
    const { numDeletedRows } = await db.deleteFrom('executors').where('id', '=', id).where(silence).executeTakeFirst();
    if (numDeletedRows === 1n) log.warn({ executor: id, gone, silentMs }, 'a central is counted out');
  }
}

/** Whether the process lives. One with our own number is not another central: that one's number has been given to us. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function takeOver({ db, clock }: Runtime, engine: Engine, seen: OpenJob): Promise<boolean> {
  const run = await db.transaction().execute((tx) => nextRun(tx, seen, clock.now()));
  if (run === null) return false;
  await engine.forget({ jobId: seen.id, run: seen.run });
  await engine.enqueue(seen.id, run);
  return true;
}

async function nextRun(tx: Tx, seen: OpenJob, now: Date): Promise<number | null> {
  const job = await lockJob(tx, seen.id);
  const changed = !job || job.run !== seen.run || job.executorId !== seen.executorId;
  if (changed || (job.status !== 'queued' && job.status !== 'running')) return null;
  const run = job.run + 1;
  const message = 'its central is gone or silent; the job goes on at another';
  await writeJobLog(tx, { jobId: job.id, run }, now, [
    { level: 'warning', message, detail: { from: seen.executorId } },
  ]);
  await touchJob(tx, job.id, { run, executorId: null, queuedAt: databaseNow });
  return run;
}
