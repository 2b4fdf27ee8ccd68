import type { Tx } from '../database/connection.ts';

const MOST_WRONG = 10;
const WINDOW_MS = 10 * 60_000;

export interface Guesses {
  /** Null when the person may try a code now. */
  readonly retryAfterSeconds: number | null;
  /** Keeps a wrong code; true when it was the last that the person had for now. */
  countWrong(): Promise<boolean>;
}

/**
 * The wrong enrolment codes of a person in the last ten minutes. Locked until the commit, so that many tries at once are
 * tried one after the other.
 */
export async function lockGuesses(tx: Tx, who: string, now: Date): Promise<Guesses> {
  await tx
    .insertInto('enrolmentGuesses')
    .values({ who, wrongAt: [] })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await tx
    .selectFrom('enrolmentGuesses')
    .select('wrongAt')
    .where('who', '=', who)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const recent = row.wrongAt.filter((at) => now.getTime() - at.getTime() < WINDOW_MS);
  const [oldest] = recent;
  const isLocked = recent.length >= MOST_WRONG && oldest !== undefined;
  return {
    retryAfterSeconds: isLocked ? Math.ceil((oldest.getTime() + WINDOW_MS - now.getTime()) / 1000) : null,
    async countWrong() {
      const wrongAt = [...recent, now];
      await tx.updateTable('enrolmentGuesses').set({ wrongAt }).where('who', '=', who).execute();
      return wrongAt.length >= MOST_WRONG;
    },
  };
}
