import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const script = (name: string): string => path.join(root, 'scripts', 'lib', name);

interface Outcome {
  state: string;
  file: string;
  name: string;
  note: string;
  error: string;
}

let folder: string;
let outcomes: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'comptoir-summary-'));
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction');
  outcomes = path.join(folder, 'outcomes.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const testFile = `
import { beforeAll, describe, expect, test } from 'vitest';
test('a fact', () => { expect(1).toBe(1); });
test('a wrong fact', () => { expect(1, 'one is not two').toBe(2); });
test('a fact of another machine', ({ skip }) => { skip('no such reader here'); });
describe.skipIf(true)('a reader [needs pcscd: the program pcscd is not installed]', () => { test('answers', () => {}); });
describe('a group', () => {
  beforeAll(() => { throw new Error('the ground is missing'); });
  test('stands on it', () => {});
});
`;

/** Runs vitest on one file with our reporter. */
function vitest(text: string): void {
  writeFileSync(path.join(folder, 'case.test.js'), text);
  writeFileSync(path.join(folder, 'vitest.config.js'), 'export default {};');
  const program = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const outside = Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST'));
  const env = { ...Object.fromEntries(outside), COMPTOIR_TEST_OUTCOMES: outcomes };
  spawnSync(process.execPath, [program, 'run', '--root', folder, `--reporter=${script('reporter.mjs')}`], {
    cwd: folder,
    env,
  });
}

/** What the summary's functions say, run as the command runs them. */
function summarise(): { code: number; lines: string[] } {
  const code = `
    import { readOutcomes, summarise } from '${pathToFileURL(script('outcomes.mjs')).href}';
    process.exit(summarise(readOutcomes(process.argv[1]), [{ name: 'socat', use: 'serial readers', why: 'no apt' }]));`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', code, outcomes], {
    encoding: 'utf8',
  });
  return { code: status ?? -1, lines: stdout.trimEnd().split('\n') };
}

function write(...lines: Partial<Outcome>[]): void {
  const whole = lines.map((line) => ({ file: 'a.test.ts', name: 'a fact', note: '', error: '', ...line }));
  writeFileSync(outcomes, whole.map((line) => `${JSON.stringify(line)}\n`).join(''));
}

describe('a run of every outcome', () => {
  test('is counted, with each skip and each failure told with its reason', () => {
    vitest(testFile);
    const { code, lines } = summarise();
    const text = lines.join('\n');
    expect(text).toContain('socat (serial readers): no apt');
    expect(text).toContain('case.test.js > a fact of another machine: no such reader here');
    expect(text).toContain('> answers: pcscd: the program pcscd is not installed');
    expect(text).toContain('one is not two');
    expect(text).toContain('the ground is missing');
    expect(lines.at(-1)).toMatch(/^1 passed, 2 failed, 3 skipped$/);
    expect(code).toBe(1);
  });

  test('that can not load its file fails', () => {
    vitest("import './missing.js';");
    const { code, lines } = summarise();
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
    expect(code).toBe(1);
  });
});

test('a run that was cut short has failed, whatever had passed', () => {
  write({ state: 'passed' }, { state: 'passed' });
  expect(summarise()).toMatchObject({ code: 1 });
  expect(summarise().lines.at(-1)).toBe('2 passed, 1 failed, 0 skipped');
});

test('a whole run without failures ends well', () => {
  write({ state: 'passed' }, { state: 'skipped', note: 'not here' }, { state: 'ended' });
  expect(summarise().code).toBe(0);
  expect(summarise().lines.at(-1)).toBe('1 passed, 0 failed, 1 skipped');
});

test('a run in which nothing passed has failed', () => {
  write({ state: 'skipped', note: 'not here' }, { state: 'ended' });
  expect(summarise().code).toBe(1);
});

test('a run that left nothing has failed', () => {
  expect(summarise().lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
  expect(summarise().code).toBe(1);
});
