import type { Job } from '#core/domain/provisioning.ts';

/** The newer of two states of a job: late news of an older one is dropped. */
export function newer(known: Job | null, next: Job): Job {
  return known !== null && known.id === next.id && known.revision > next.revision ? known : next;
}
