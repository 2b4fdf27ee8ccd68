import { useEffect, useState } from 'react';
import { isJobEnded } from '#core/domain/job-progress.ts';
import type { Job } from '#core/domain/provisioning.ts';
import { desk } from '../../../desk.ts';
import { useDeskEvent } from '../../../events.tsx';
import { newer } from './newer.ts';

const RECONNECT_MS = 300;

interface LiveJob {
  readonly job: Job | null;
  /** What the stream broke with, until it is open again. */
  readonly error: unknown;
  /** Takes an answer of retry or cancel at once. */
  readonly put: (job: Job) => void;
}

/** A job, drawn at every change as it arrives. The stream is opened again when it drops, and after a retry. */
export function useJob(id: number): LiveJob {
  const [job, setJob] = useState<Job | null>(null);
  const [error, setError] = useState<unknown>(null);
  const put = (next: Job) => {
    if (next.id !== id) return;
    setJob((known) => newer(known, next));
    setError(null);
  };
  useDeskEvent('job', (event) => put(event.job));
  const isOver = job !== null && isJobEnded(job.status);
  useEffect(() => {
    if (isOver) return;
    const ending = new AbortController();
    const follow = async () => {
      while (!ending.signal.aborted) {
        try {
          for await (const next of await desk.provisioning.events({ id }, { signal: ending.signal })) {
            setJob((known) => newer(known, next));
            setError(null);
          }
        } catch (failure) {
          if (!ending.signal.aborted) setError(failure);
        }
        if (!ending.signal.aborted) await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      }
    };
    void follow();
    return () => ending.abort();
  }, [id, isOver]);
  return { job, error, put };
}
