import { lockEnd, MAX_FAILURES } from '../access/lockout.ts';
import { sealWith } from '../access/seal.ts';
import type { Secrets } from '../access/secrets.ts';
import type { CommandContext } from '../context.ts';
import type { Reader, Tx } from '../database/connection.ts';
import { fail } from '../http/errors.ts';
import { replaceBackupCodes, spendBackupCode } from './backup-codes.ts';
import type { Owner } from './tables.ts';
import { newTotpSecret, otpauthUri, stepOfCode } from './totp.ts';

const ISSUER = 'Comptoir';

export interface TwoFactorState {
  readonly enabled: boolean;
  readonly enabledAt: Date | null;
  readonly backupCodesLeft: number;
  readonly lockedUntil: Date | null;
}

export type CodeOutcome =
  | { readonly kind: 'right' }
  /** Until when, if this was the one too many. */
  | { readonly kind: 'wrong'; readonly locksUntil: Date | null }
  | { readonly kind: 'locked'; readonly until: Date }
  | { readonly kind: 'off' };

type Inside = Pick<CommandContext, 'tx' | 'clock'>;

/** Two-factor sign-in of staff and customers alike (AU-7, AU-8). */
export interface TwoFactors {
  stateOf(reader: Reader, owner: Owner): Promise<TwoFactorState>;
  /** A new secret, which counts once `confirm` has seen a code of it. Throws two_factor_state when it is on already. */
  begin(context: Inside, owner: Owner, label: string): Promise<{ secret: string; otpauthUri: string }>;
  /** Switches it on; the codes are null unless the first code was right. Throws two_factor_state. */
  confirm(context: Inside, owner: Owner, code: string): Promise<{ outcome: CodeOutcome; backupCodes: string[] | null }>;
  /**
   * Checks a code and uses it up. One at a time per owner; each wrong one is counted, and the fifth in a row locks for 30
   * minutes. Must be committed whatever comes out.
   */
  check(context: Inside, owner: Owner, code: string): Promise<CodeOutcome>;
  renewBackupCodes(context: Inside, owner: Owner): Promise<string[]>;
  /** Ends a lock of wrong codes. */
  unlock(context: Inside, owner: Owner): Promise<void>;
  /** Switches it off. Returns whether it was on, or begun. */
  remove(context: Inside, owner: Owner): Promise<boolean>;
}

export function createTwoFactors(secrets: Secrets): TwoFactors {
  const seal = sealWith(secrets.key('two-factor'));
  const key = secrets.key('backup-codes');

  /** Counts a try of `isRight`; the row is locked, so tries come one after the other. */
  async function tried({ tx, clock }: Inside, row: Row, isRight: () => Promise<boolean>): Promise<CodeOutcome> {
    const now = clock.now();
    if (row.lockedUntil !== null && row.lockedUntil > now) return { kind: 'locked', until: row.lockedUntil };
    if (await isRight()) {
      await change(tx, row.owner, { failures: 0, lockedUntil: null });
      return { kind: 'right' };
    }
    const failures = (row.lockedUntil === null ? row.failures : 0) + 1;
    const locksUntil = failures < MAX_FAILURES ? null : lockEnd(now);
    await change(tx, row.owner, { failures, lockedUntil: locksUntil });
    return { kind: 'wrong', locksUntil };
  }

  async function isTotp({ tx, clock }: Inside, row: Row, code: string): Promise<boolean> {
    const step = stepOfCode(seal.open(row.secret), code.replaceAll(/\s/g, ''), clock.now(), Number(row.lastStep));
    if (step === null) return false;
    await change(tx, row.owner, { lastStep: step });
    return true;
  }

  return {
    stateOf,
    async begin({ tx, clock }, owner, label) {
      const secret = newTotpSecret();
      const sealed = seal.close(secret);
      const { numInsertedOrUpdatedRows } = await tx
        .insertInto('twoFactors')
        .values({ owner, secret: sealed, confirmedAt: null, createdAt: clock.now() })
        .onConflict((conflict) =>
          conflict
            .column('owner')
            .doUpdateSet({ secret: sealed, lastStep: 0 })
            .where('twoFactors.confirmedAt', 'is', null),
        )
        .executeTakeFirst();
      if (numInsertedOrUpdatedRows !== 1n) throw fail('two_factor_state', { state: 'on' });
      return { secret, otpauthUri: otpauthUri(ISSUER, label, secret) };
    },
    async confirm(context, owner, code) {
      const row = await lockRow(context.tx, owner);
      if (!row) throw fail('two_factor_state', { state: 'not_begun' });
      if (row.confirmedAt !== null) throw fail('two_factor_state', { state: 'on' });
      const outcome = await tried(context, row, () => isTotp(context, row, code));
      if (outcome.kind !== 'right') return { outcome, backupCodes: null };
      await change(context.tx, owner, { confirmedAt: context.clock.now() });
      return { outcome, backupCodes: await replaceBackupCodes(context.tx, key, owner) };
    },
    async check(context, owner, code) {
      const row = await lockRow(context.tx, owner);
      if (!row || row.confirmedAt === null) return { kind: 'off' };
      const now = context.clock.now();
      return tried(
        context,
        row,
        async () =>
          (await isTotp(context, row, code)) || (await spendBackupCode(context.tx, key, { owner, code, now })),
      );
    },
    renewBackupCodes: ({ tx }, owner) => replaceBackupCodes(tx, key, owner),
    unlock: ({ tx }, owner) => change(tx, owner, { failures: 0, lockedUntil: null }),
    async remove({ tx }, owner) {
      const { numDeletedRows } = await tx.deleteFrom('twoFactors').where('owner', '=', owner).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}

function lockRow(tx: Tx, owner: Owner) {
  return tx.selectFrom('twoFactors').selectAll().where('owner', '=', owner).forUpdate().executeTakeFirst();
}
type Row = NonNullable<Awaited<ReturnType<typeof lockRow>>>;

interface Change {
  failures?: number;
  lockedUntil?: Date | null;
  lastStep?: number;
  confirmedAt?: Date;
}

async function change(tx: Tx, owner: Owner, set: Change): Promise<void> {
  await tx.updateTable('twoFactors').set(set).where('owner', '=', owner).execute();
}

async function stateOf(reader: Reader, owner: Owner): Promise<TwoFactorState> {
  const row = await reader
    .selectFrom('twoFactors')
    .select(['confirmedAt', 'lockedUntil'])
    .select((select) =>
      select
        .selectFrom('backupCodes')
        .select((inner) => inner.fn.countAll<string>().as('left'))
        .whereRef('backupCodes.owner', '=', 'twoFactors.owner')
        .where('usedAt', 'is', null)
        .as('left'),
    )
    .where('owner', '=', owner)
    .executeTakeFirst();
  const enabledAt = row?.confirmedAt ?? null;
  const enabled = enabledAt !== null;
  return {
    ...{ enabled, enabledAt, lockedUntil: row?.lockedUntil ?? null },
    backupCodesLeft: enabled ? Number(row?.left ?? 0) : 0,
  };
}
