import type { DeskEnrolment } from '../enrolment/enrolment.ts';
import type { FollowedDesk } from './messages.ts';

/** Whose directory this desk keeps; null while it is not enrolled. */
export function deskOf(enrolment: Pick<DeskEnrolment, 'current' | 'credential'>): FollowedDesk | null {
  const current = enrolment.current();
  if (current.state !== 'enrolled' && current.state !== 'revoked') return null;
  return { id: current.desk.id, storeId: current.desk.store.id, credential: enrolment.credential() };
}
