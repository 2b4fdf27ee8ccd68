import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { DIRECTORY_FILE, openForReading } from '../../../src/main/directory/open.ts';
import { testFolders } from '../folder.ts';

const newFolder = testFolders();
/** About a millisecond of SQLite's own time. */
const QUESTION = sql<{ n: number }>`with recursive c(n) as (select 1 union all select n + 1 from c where n < 20000)
  select count(*) as n from c`;

test('who reads much gives way: what waits has its turn between the questions', async () => {
  const folder = newFolder();
  new Database(`${folder}/${DIRECTORY_FILE}`).exec('create table t (a)').close();
  const { reader, close } = openForReading(folder, () => undefined);
  let turns = 0;
  let isReading = true;
  const waiting = (async () => {
    for (; isReading; turns += 1) await setImmediate();
  })();
  for (let asked = 0; asked < 100; asked += 1) expect((await QUESTION.execute(reader)).rows).toEqual([{ n: 20_000 }]);
  const between = turns;
  isReading = false;
  await waiting;
  close();
  expect(between).toBeGreaterThan(5);
});
