import { z } from 'zod';
import { type EnrolledDesk, enrolledDeskSchema } from '#core/contract/desk/work.ts';
import { instantSchema, uuidSchema } from '#core/domain/common.ts';
import type { Store } from './store.ts';

const requestSchema = z.object({ id: uuidSchema, code: z.string(), expiresAt: instantSchema });
export type EnrolmentRequest = z.infer<typeof requestSchema>;

/** How this desk stands with the central it was enrolled at. Secret and credential are sealed. */
export type SavedEnrolment = { readonly centralUrl: string } & (
  | { readonly state: 'waiting'; readonly request: EnrolmentRequest; readonly secret: string }
  | { readonly state: 'enrolled'; readonly desk: EnrolledDesk; readonly credential: string }
  | { readonly state: 'revoked'; readonly desk: EnrolledDesk }
);

const ONLY = 1;

/** Null when the desk never asked, or the row can't be read any more. */
export async function getEnrolment(store: Store): Promise<SavedEnrolment | null> {
  const row = await store.selectFrom('enrolment').selectAll().where('id', '=', ONLY).executeTakeFirst();
  if (row === undefined) return null;
  const { centralUrl, state, secret, credential } = row;
  if (state === 'waiting') {
    const request = requestSchema.safeParse(parsed(row.request)).data;
    return request === undefined || secret === null ? null : { centralUrl, state, request, secret };
  }
  const desk = enrolledDeskSchema.safeParse(parsed(row.desk)).data;
  if (desk === undefined) return null;
  if (state === 'enrolled' && credential !== null) return { centralUrl, state, desk, credential };
  return { centralUrl, state: 'revoked', desk };
}

export async function saveEnrolment(store: Store, saved: SavedEnrolment): Promise<void> {
  const row = {
    centralUrl: saved.centralUrl,
    state: saved.state,
    request: saved.state === 'waiting' ? JSON.stringify(saved.request) : null,
    secret: saved.state === 'waiting' ? saved.secret : null,
    desk: saved.state === 'waiting' ? null : JSON.stringify(saved.desk),
    credential: saved.state === 'enrolled' ? saved.credential : null,
  };
  await store
    .insertInto('enrolment')
    .values({ id: ONLY, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

export async function removeEnrolment(store: Store): Promise<void> {
  await store.deleteFrom('enrolment').execute();
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}
