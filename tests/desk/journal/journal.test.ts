import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createJournal } from '../../../src/main/journal/journal.ts';
import { openWorkStore } from '../../../src/main/work-store/work-store.ts';
import { testFolders } from '../folder.ts';

const newFolder = testFolders();
const run = promisify(execFile);
const program = path.join(import.meta.dirname, '../../../src/main/commands/main.ts');

/** A desk's data folder with a journal of so many entries; the desk still runs. */
function journalOf(entries: number) {
  const dataDir = newFolder();
  const folder = path.join(dataDir, 'desk');
  mkdirSync(folder);
  const store = openWorkStore(folder, { now: () => new Date() });
  const journal = createJournal(store);
  for (let index = 0; index < entries; index += 1) {
    journal.write('staff.unlocked', { id: 2, name: 'Ana' }, { index, note: 'naïve ☎' });
  }
  return { dataDir, store, journal, file: path.join(folder, 'work.sqlite') };
}

async function desk(dataDir: string, ...args: string[]) {
  const env = { ...process.env, COMPTOIR_DATA_DIR: dataDir };
  try {
    const { stdout } = await run(process.execPath, [program, ...args], { env });
    return { code: 0, stdout, stderr: '' };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, stdout, stderr };
  }
}

describe('the journal', () => {
  it('is listed newest first, page by page, and is whole', async () => {
    const { journal, store } = journalOf(600);
    const first = journal.list({ limit: 250 });
    const second = journal.list({ limit: 250, cursor: first.nextCursor ?? '' });
    expect(first.items[0]?.seq).toBe(600);
    expect(second.items[0]?.seq).toBe(350);
    expect(journal.list({ limit: 250, cursor: second.nextCursor ?? '' }).nextCursor).toBeNull();
    expect(await journal.verify()).toEqual({ entries: 600, intact: true, brokenAt: null });
    expect((await journal.text()).trim().split('\n')).toHaveLength(600);
    store.close();
  });
});

describe('npm run desk --', () => {
  it('verify-journal checks it while the desk runs, and names the entry that was changed', async () => {
    const { dataDir, store, file } = journalOf(20);
    expect(await desk(dataDir, 'verify-journal', '--json')).toMatchObject({
      code: 0,
      stdout: `${JSON.stringify({ entries: 20, intact: true, brokenAt: null })}\n`,
    });
    const forger = new Database(file);
    forger.exec(`drop trigger journal_never_changes; update journal set user_name = 'Eve' where seq = 7`);
    forger.close();
    const broken = await desk(dataDir, 'verify-journal');
    expect(broken.code).toBe(1);
    expect(broken.stdout).toContain('entry 7');
    store.close();
  });

  it('export-journal writes every entry and replaces no file', async () => {
    const { dataDir, store } = journalOf(3);
    const file = path.join(dataDir, 'journal.jsonl');
    expect((await desk(dataDir, 'export-journal', file)).code).toBe(0);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual([1, 2, 3]);
    expect((await desk(dataDir, 'export-journal', file)).code).toBe(1);
    store.close();
  });

  it('an unknown command says what there is', async () => {
    expect(await desk(newFolder(), 'frobnicate')).toMatchObject({ code: 2, stderr: expect.stringContaining('Usage') });
    expect((await desk(newFolder(), 'outbox')).stdout).toContain('Nothing waits');
  });
});
