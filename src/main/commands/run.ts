import type { OutboxEntry } from '#core/sync/outbox.ts';
import { chunksOf, verifyJournal } from '../journal/journal.ts';
import { listOpen } from '../work-store/entries.ts';
import type { WorkStore } from '../work-store/work-store.ts';

export interface CommandRun {
  /** Null when this desk has kept nothing yet. */
  readonly store: Pick<WorkStore, 'read'> | null;
  readonly say: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Writes a new file; refuses to replace one. */
  readonly save: (file: string, text: string) => Promise<void>;
}

const USAGE = `Usage: npm run desk -- <command>
  verify-journal [--json]   check the chain of everything done at this desk; exit code 1 when it is broken
  export-journal <file>     write the journal to a new file, one entry a line (JSON)
  outbox [--json]           list the work that head office has not taken yet`;

const nothing: Pick<WorkStore, 'read'> = {
  read: (task) => task({ run: () => 0, get: () => undefined, all: () => [] }),
};

/** Runs a command of the desk's command line; the exit code: 0 done, 1 the journal is broken, 2 no such command. */
export async function run(args: readonly string[], options: CommandRun): Promise<number> {
  const { say, complain } = options;
  const store = options.store ?? nothing;
  const [command, ...rest] = args;
  const isJson = rest.includes('--json');
  const [file] = rest.filter((arg) => !arg.startsWith('--'));
  if (command === 'verify-journal') return verify(store, isJson, say);
  if (command === 'export-journal' && file !== undefined) return exportTo(file, store, options);
  if (command === 'outbox') return list(store, isJson, say);
  complain(USAGE);
  return 2;
}

async function verify(store: Pick<WorkStore, 'read'>, isJson: boolean, say: CommandRun['say']): Promise<number> {
  const check = await verifyJournal(store);
  const { entries, intact, brokenAt } = check;
  const words = intact
    ? `The journal is intact: ${entries} entries, each chained to the one before.`
    : `The journal is broken at entry ${brokenAt}: it is not as it was written, or one before it is missing.`;
  say(isJson ? JSON.stringify(check) : words);
  return intact ? 0 : 1;
}

async function exportTo(file: string, store: Pick<WorkStore, 'read'>, { say, save }: CommandRun): Promise<number> {
  const lines: string[] = [];
  for await (const entries of chunksOf(store)) lines.push(...entries.map((entry) => `${JSON.stringify(entry)}\n`));
  await save(file, lines.join(''));
  say(`${lines.length} entries written to ${file}`);
  return 0;
}

function list(store: Pick<WorkStore, 'read'>, isJson: boolean, say: CommandRun['say']): number {
  const entries = store.read(listOpen);
  if (isJson) say(JSON.stringify(entries.map(shown)));
  else if (entries.length === 0) say('Nothing waits: head office has everything.');
  else for (const entry of entries) say(lineOf(entry));
  return 0;
}

/** Without the payload: what a help desk needs to recognise it. */
function shown({ id, seq, type, state, madeAt, userName, customerName, subject, attempts, error }: OutboxEntry) {
  return { id, seq, type, state, madeAt, userName, customerName, subject, attempts, error: error?.code ?? null };
}

function lineOf(entry: OutboxEntry): string {
  const { seq, state, madeAt, type, customerName, subject, userName, attempts, error } = shown(entry);
  const tries = attempts === 0 ? 'not tried yet' : `tried ${attempts} times`;
  return `${seq}  ${state}  ${madeAt}  ${type}  ${customerName}: ${subject}  by ${userName}  ${error ?? tries}`;
}
