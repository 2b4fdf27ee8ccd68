import type { JobStatus, Task } from './provisioning.ts';

export function isJobEnded(status: JobStatus): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled';
}

/** Tasks that need no more work, whatever their outcome; a failed task is not done. */
export function progressOf(tasks: readonly Pick<Task, 'status'>[]): { done: number; total: number } {
  const done = tasks.filter(
    ({ status }) => status === 'succeeded' || status === 'failed_ignored' || status === 'skipped',
  );
  return { done: done.length, total: tasks.length };
}

/** How long a task that has ended took, in milliseconds, at least one; null for one that has not ended, or never began. */
export function tookMs({ startedAt, endedAt }: Pick<Task, 'startedAt' | 'endedAt'>): number | null {
  if (startedAt === null || endedAt === null) return null;
  return Math.max(1, new Date(endedAt).getTime() - new Date(startedAt).getTime());
}
