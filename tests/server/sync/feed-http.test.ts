import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SyncPage } from '#core/sync/rows.ts';
import { startTestCentral, type TestCentral } from '../../parts/central.ts';
import { type EnrolledDesk, enrol, revoke } from './commands-room.ts';
import { ask, type Directory, directoryOf, settled } from './feed-room.ts';

let central: TestCentral;
let desk: EnrolledDesk;
let directory: Directory;
beforeAll(async () => {
  central = await startTestCentral({ demo: 'small' });
  desk = await enrol(central.db, { storeId: 1 });
  directory = await directoryOf(central, desk.credential).pull();
});
afterAll(() => central?.stop());

/** Desks' shares change all the time; customers only by the test. */
const customersOf = ({ tables }: SyncPage) =>
  tables.filter(({ entity }) => entity === 'customers').flatMap(({ rows }) => rows);

describe('a page', () => {
  test('is packed for who takes gzip, and is the same', async () => {
    const plain = await ask(central, 'snapshot', desk.credential, { 'accept-encoding': 'identity' });
    const raw = await fetch(`${central.url}/api/v1/sync/snapshot`, {
      headers: { 'x-comptoir-desk': desk.credential, 'accept-encoding': 'gzip' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(plain.headers.get('content-type')).toBe('application/json');
    expect(raw.headers.get('content-encoding')).toBe('gzip');
    expect(Number(raw.headers.get('content-length'))).toBeLessThan(plain.text.length / 2);
    expect(customersOf(JSON.parse(await raw.text()))).toEqual(customersOf(plain.body));
  });

  test('the typed client reads it too', async () => {
    const client = central.client();
    const options = { context: { headers: { 'x-comptoir-desk': desk.credential } } };
    const page = await client.sync.snapshot({}, options);
    expect(page.tables.map(({ entity }) => entity)).toContain('customers');
  });

  test('a page asked again is the same page', async () => {
    await sql`update customers set name = name || '!' where id in (1001, 1002)`.execute(central.db);
    await settled(central.db);
    const { body: one } = await ask(central, `changes?cursor=${directory.cursor}`, desk.credential);
    const { body: two } = await ask(central, `changes?cursor=${directory.cursor}`, desk.credential);
    expect(customersOf(one)).toHaveLength(2);
    expect(customersOf(two)).toEqual(customersOf(one));
  });
});

describe('cursors', () => {
  const refused = async (path: string) => {
    const { status, body } = await ask(central, path, desk.credential);
    return [status, body.code];
  };
  const change = (change: (cursor: Record<string, unknown>) => unknown) => {
    const cursor = JSON.parse(Buffer.from(directory.cursor ?? '', 'base64url').toString());
    return Buffer.from(JSON.stringify(change(cursor))).toString('base64url');
  };

  test.each(['', 'x', 'e30', '%00', 'bnVsbA', 'A'.repeat(500)])('%j is none', async (cursor) => {
    expect(await refused(`changes?cursor=${cursor}`)).toEqual([409, 'cursor_unknown']);
  });

  test('one that is far too long is no input', async () => {
    expect(await refused(`changes?cursor=${'A'.repeat(501)}`)).toEqual([422, 'invalid_input']);
    expect(await refused('changes')).toEqual([422, 'invalid_input']);
  });

  test('one of the changes begins no snapshot, nor the other way round', async () => {
    expect(await refused(`snapshot?cursor=${directory.cursor}`)).toEqual([409, 'cursor_unknown']);
  });

  test('of another database, of another store or of the future: unknown', async () => {
    for (const foreign of [
      change((cursor) => ({ ...cursor, database: 'another' })),
      change((cursor) => ({ ...cursor, store: 2 })),
      change((cursor) => ({ ...cursor, from: '900000000000' })),
    ]) {
      expect(await refused(`changes?cursor=${foreign}`)).toEqual([409, 'cursor_unknown']);
    }
    expect(await refused(`changes?cursor=${change((cursor) => cursor)}`)).toEqual([200, undefined]);
  });
});

describe('who may', () => {
  test('nobody without a credential, with a wrong one, or with one that was withdrawn', async () => {
    const gone = await enrol(central.db);
    expect((await ask(central, 'snapshot', gone.credential)).status).toBe(200);
    await revoke(central.db, gone);
    for (const credential of [undefined, 'x'.repeat(43), gone.credential]) {
      for (const path of ['snapshot', `changes?cursor=${directory.cursor}`, 'events']) {
        const { status, body } = await ask(central, path, credential);
        expect([status, body.code]).toEqual([401, 'desk_unknown']);
      }
    }
  });
});
