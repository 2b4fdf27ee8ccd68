import { replaceEqualDeep } from '@tanstack/react-query';
import type { Job } from '#core/domain/provisioning.ts';

/**
 * The newer of two states of a job: late news of an older one is dropped. Tasks that did not change stay the same objects,
 * so that only those that did are drawn anew.
 */
export function newer(known: Job | null, next: Job): Job {
  if (known === null || known.id !== next.id) return next;
  return known.revision > next.revision ? known : replaceEqualDeep(known, next);
}
