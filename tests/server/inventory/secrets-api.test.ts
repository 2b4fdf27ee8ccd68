import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CentralClient, startTestCentral, type TestCentral } from '../../parts/central.ts';
import { freshIccid, receiveSim, refusalOf } from './central-stock.ts';

const PUK = '74185296';
const KI = '5EC7E75EC7E75EC7E75EC7E75EC7E70F';
const BAD_PUK = '9517x532';

let central: TestCentral;
let admin: CentralClient;
let support: CentralClient;
let item: number;
const logged: string[] = [];
const fileWith = (iccid: string) =>
  `Var_Out:ICCID/PIN1/PUK1/Ki\n${iccid} 1379 ${PUK} ${KI}\n${freshIccid()} 1379 ${BAD_PUK} ${KI}\n`;

beforeAll(async () => {
  const log = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) });
  central = await startTestCentral({ log });
  admin = await central.asAdmin();
  support = await central.asSupport();
  const done = await admin.inventory.createImport({ content: fileWith(freshIccid()), storeId: 1 });
  item = done.rows.find(({ outcome }) => outcome === 'created')?.itemId ?? 0;
});
afterAll(() => central.stop());

/** Every row of every table, as text. */
async function dump(): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
    where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`.execute(central.db);
  const texts = tables.map(async ({ name }) => {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} t`.execute(central.db);
    return rows.map(({ row }) => row).join('\n');
  });
  return (await Promise.all(texts)).join('\n');
}

describe('the secrets of a SIM', () => {
  it('are shown on request with a reason, without the key, and the same key of a request shows them again', async () => {
    const context = { context: { idempotencyKey: 'show-1' } };
    const shown = await support.inventory.revealSecrets({ id: item, reason: 'PIN forgotten' }, context);
    expect(shown).toEqual({ pin1: '1379', puk1: PUK, pin2: null, puk2: null });
    expect(await support.inventory.revealSecrets({ id: item, reason: 'PIN forgotten' }, context)).toEqual(shown);
    const other = support.inventory.revealSecrets({ id: item, reason: 'other' }, context);
    expect((await refusalOf(other)).code).toBe('idempotency_key_reused');
  });

  it('shown are audited with who and why, and in the item’s history', async () => {
    const { items } = await admin.inventory.itemHistory({ id: item, limit: 10 });
    expect(items[0]).toMatchObject({
      event: 'secrets_revealed',
      userName: 'Sue Support',
      detail: { reason: 'PIN forgotten' },
    });
    const entry = await central.db
      .selectFrom('auditEntries')
      .selectAll()
      .where('action', '=', 'item.secrets_revealed')
      .executeTakeFirstOrThrow();
    expect(entry).toMatchObject({
      actorName: 'Sue Support',
      subjectId: String(item),
      detail: { reason: 'PIN forgotten', fields: ['pin1', 'puk1'] },
    });
  });

  it('need the permission and a reason, and an item that has some', async () => {
    const finance = await central.asNew({ roles: ['finance'], storeId: 1 });
    expect((await refusalOf(finance.inventory.revealSecrets({ id: item, reason: 'x' }))).code).toBe('forbidden');
    expect((await refusalOf(support.inventory.revealSecrets({ id: item, reason: ' ' }))).code).toBe('invalid_input');
    const bare = await receiveSim(admin);
    expect((await refusalOf(support.inventory.revealSecrets({ id: bare.id, reason: 'x' }))).code).toBe('not_found');
    expect((await refusalOf(support.inventory.revealSecrets({ id: 999_999, reason: 'x' }))).code).toBe('not_found');
  });

  it('lie nowhere in clear: no table, no log line, no list, no history, no import', async () => {
    const answers = [
      await admin.inventory.items({ limit: 100 }),
      await admin.inventory.item({ id: item }),
      await admin.inventory.itemHistory({ id: item, limit: 100 }),
      await admin.inventory.imports({ limit: 100 }),
      await admin.inventory.getImport({ id: 1 }),
      await admin.inventory.importRows({ id: 1, limit: 100 }),
      await admin.audit.list({ limit: 100 }),
    ];
    const rows = await dump();
    expect(rows).toContain('item.secrets_revealed');
    expect(logged.join()).toContain('/inventory/imports');
    for (const place of [rows, logged.join(), JSON.stringify(answers)]) {
      for (const secret of [PUK, KI, BAD_PUK]) {
        expect(place.toLowerCase()).not.toContain(secret.toLowerCase());
        expect(place).not.toContain(Buffer.from(secret).toString('hex'));
        expect(place).not.toContain(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
      }
    }
  });
});
