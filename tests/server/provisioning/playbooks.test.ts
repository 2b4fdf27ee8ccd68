import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ZodObject, z } from 'zod';
import type { ActionCatalogue } from '#core/playbook/check.ts';
import { describeProblem } from '#core/playbook/problem.ts';
import { loadPlaybooks, PlaybooksRefused } from '../../../src/server/provisioning/playbooks/load.ts';
import { fill, holds } from '../../../src/server/provisioning/playbooks/templates.ts';

const actionsOf = (inputs: Record<string, ZodObject>) => new Map(Object.entries(inputs));
const actions: ActionCatalogue = new Map([
  ['crm', actionsOf({ assignItem: z.strictObject({ item: z.int().positive() }) })],
  [
    'ocs',
    actionsOf({
      createAccount: z.strictObject({ account: z.string(), currency: z.string().nullable().default(null) }),
      topUp: z.strictObject({ account: z.string(), bucket: z.strictObject({ amount: z.int() }) }),
    }),
  ],
]);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'playbooks-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function load(files: Record<string, string>, folders = [folder]) {
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return loadPlaybooks(folders, actions);
}

async function problemsOf(files: Record<string, string>): Promise<string[]> {
  const error = await load(files).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof PlaybooksRefused)) throw error ?? new Error('nothing was refused');
  return error.problems.map((problem) => `${problem.code} ${describeProblem(problem)}`);
}

const task = (lines: string) => `tasks:\n  - key: one\n    name: One\n${lines}`;

describe('each fault is told with its file and line', () => {
  test.each<[string, string, string]>([
    ['bad YAML', 'tasks:\n  - key: [one\n', 'invalid_yaml p.yaml:3:'],
    ['an alias', 'tasks: &all\n  - *all\n', 'invalid_yaml p.yaml:2:5: aliases (*all) are not read'],
    ['a key given twice in YAML', 'description: a\ndescription: b\ntasks: []\n', 'invalid_yaml p.yaml:2:1:'],
    ['nothing', '', 'wrong_shape p.yaml:1:1:'],
    ['no tasks', 'description: x\n', 'missing_field p.yaml:1:1: tasks is missing'],
    ['an empty list', 'tasks: []\n', 'wrong_shape p.yaml:1:8:'],
    [
      'a misspelt field',
      task('    uses: crm.assignItem\n    with: { item: 1 }\n    ignore_error: true\n'),
      'unknown_field p.yaml:6:5: unknown field ignore_error; did you mean ignore_errors?',
    ],
    ['a field at the top', 'varz: {}\ntasks: []\n', 'unknown_field p.yaml:1:1: unknown field varz; did you mean vars?'],
    [
      'a missing field',
      'tasks:\n  - key: one\n    uses: crm.assignItem\n',
      'missing_field p.yaml:2:5: name is missing',
    ],
    ['a bad key', 'tasks:\n  - key: One!\n    name: One\n    uses: crm.assignItem\n', 'wrong_shape p.yaml:2:10:'],
    [
      'a bad duration',
      task('    uses: crm.assignItem\n    timeout: 5 minutes\n    with: { item: 1 }\n'),
      'bad_duration p.yaml:5:14:',
    ],
    [
      'too many retries',
      task('    uses: crm.assignItem\n    retries: 99\n    with: { item: 1 }\n'),
      'wrong_shape p.yaml:5:14:',
    ],
    [
      'an unknown connector',
      task('    uses: cmr.assignItem\n    with: { item: 1 }\n'),
      'unknown_connector p.yaml:4:11: unknown connector cmr; did you mean crm?',
    ],
    [
      'an unknown action',
      task('    uses: ocs.creatAccount\n    with: { account: a }\n'),
      'unknown_action p.yaml:4:11: unknown action ocs.creatAccount; did you mean ocs.createAccount?',
    ],
    [
      'an action with a part too many',
      task('    uses: ocs.createAccount.now\n    with: { account: a }\n'),
      'unknown_action p.yaml:4:11:',
    ],
    [
      'an unknown argument',
      task('    uses: ocs.createAccount\n    with:\n      acount: a\n      account: a\n'),
      'unknown_argument p.yaml:6:7: ocs.createAccount takes no argument acount; did you mean account?',
    ],
    [
      'a missing argument',
      task('    uses: ocs.createAccount\n'),
      'missing_argument p.yaml:4:11: ocs.createAccount needs account',
    ],
    [
      'an argument of the wrong kind',
      task('    uses: crm.assignItem\n    with:\n      item: many\n'),
      'bad_argument p.yaml:6:13: item: ',
    ],
    [
      'a wrong value inside an argument',
      task('    uses: ocs.topUp\n    with:\n      account: a\n      bucket:\n        amount: lots\n'),
      'bad_argument p.yaml:8:17: bucket: ',
    ],
    [
      'an unknown variable',
      task('    uses: ocs.createAccount\n    with:\n      account: "{{ service.uud }}"\n'),
      'unknown_variable p.yaml:6:16: unknown variable service.uud; did you mean service.uuid?',
    ],
    [
      'an unknown root',
      task('    uses: ocs.createAccount\n    with:\n      account: "{{ servise.uuid }}"\n'),
      'unknown_variable p.yaml:6:16: unknown variable servise; did you mean service?',
    ],
    [
      'a var that nothing sets',
      task('    uses: ocs.createAccount\n    with:\n      account: "{{ vars.name }}"\n'),
      'unknown_variable p.yaml:6:16: unknown variable vars.name',
    ],
    [
      'a variable deep in a tree',
      task(
        '    uses: ocs.topUp\n    with:\n      account: a\n      bucket:\n        amount: "{{ vars.gb | times: 5 }}"\n',
      ),
      'unknown_variable p.yaml:8:17: unknown variable vars.gb',
    ],
    [
      'an unknown field of an item',
      task('    uses: crm.assignItem\n    with:\n      item: "{{ inventory.sim_card.icid }}"\n'),
      'unknown_variable p.yaml:6:13: unknown variable inventory.sim_card.icid; did you mean inventory.sim_card.iccid?',
    ],
    [
      'a part of a value',
      task('    uses: ocs.createAccount\n    with:\n      account: "{{ customer.name.first }}"\n'),
      'unknown_variable p.yaml:6:16: customer.name has no parts',
    ],
    [
      'a later task’s output',
      task(
        '    uses: ocs.createAccount\n    with:\n      account: "{{ tasks.two.account }}"\n  - key: two\n    name: Two\n    uses: crm.assignItem\n    with: { item: 1 }\n',
      ),
      'unknown_variable p.yaml:6:16: unknown variable tasks.two',
    ],
    [
      'an unknown variable in a condition',
      task('    uses: crm.assignItem\n    when: customer.mail != blank\n    with: { item: 1 }\n'),
      'unknown_variable p.yaml:5:11: unknown variable customer.mail; did you mean customer.email?',
    ],
    [
      'an unknown variable in what undoes it',
      task(
        '    uses: crm.assignItem\n    with: { item: 1 }\n    rescue:\n      - uses: ocs.createAccount\n        with:\n          account: "{{ nobody }}"\n',
      ),
      'unknown_variable p.yaml:9:20: unknown variable nobody',
    ],
    [
      'an unknown action in what undoes it',
      task('    uses: crm.assignItem\n    with: { item: 1 }\n    rescue:\n      - uses: ocs.remove\n'),
      'unknown_action p.yaml:7:15: unknown action ocs.remove',
    ],
    [
      'a template that does not end',
      task('    uses: ocs.createAccount\n    with:\n      account: "{{ service.uuid"\n'),
      'bad_template p.yaml:6:16:',
    ],
    [
      'an unknown filter',
      task('    uses: ocs.createAccount\n    with:\n      account: "{{ service.uuid | shout }}"\n'),
      'bad_template p.yaml:6:16: undefined filter: shout',
    ],
    [
      'a condition that can not be read',
      task('    uses: crm.assignItem\n    when: "{% if %}"\n    with: { item: 1 }\n'),
      'bad_template p.yaml:5:11:',
    ],
    [
      'a template among the vars',
      'vars:\n  a: "{{ customer.id }}"\ntasks:\n  - key: one\n    name: One\n    uses: crm.assignItem\n    with: { item: 1 }\n',
      'bad_template p.yaml:2:6: vars are plain values',
    ],
    [
      'two tasks of one key',
      `${task('    uses: crm.assignItem\n    with: { item: 1 }\n')}  - key: one\n    name: Again\n    uses: crm.assignItem\n    with: { item: 1 }\n`,
      'duplicate_key p.yaml:6:10: another task has the key one',
    ],
    [
      'an include of nothing',
      'tasks:\n  - include: welcom\n',
      'unknown_playbook p.yaml:2:14: there is no playbook welcom',
    ],
    [
      'an include of itself',
      'tasks:\n  - include: p\n',
      'include_cycle p.yaml:2:14: playbooks include each other: p > p',
    ],
    ['an include with more', 'tasks:\n  - include: p\n    with: {}\n', 'unknown_field p.yaml:3:5: unknown field with'],
  ])('%s', async (_, text, expected) => {
    const problems = await problemsOf({ 'p.yaml': text });
    expect(problems.filter((problem) => problem.startsWith(expected))).toHaveLength(1);
  });
});

test('a cycle over several files names the path, at the include that closes it', async () => {
  const including = (name: string) => `description: x\ntasks:\n  - include: ${name}\n`;
  const problems = await problemsOf({ 'a.yaml': including('b'), 'b.yaml': including('c'), 'c.yaml': including('a') });
  expect(problems).toContain('include_cycle c.yaml:3:14: playbooks include each other: a > b > c > a');
});

test('all faults of all files are told at once, in the order of an editor', async () => {
  const problems = await problemsOf({
    'b.yaml': task('    uses: nobody.knows\n    timeout: never\n'),
    'a.yml': 'tasks: [\n',
    'c.yaml': task('    uses: crm.assignItem\n    with: { item: "{{ nowhere }}", colour: red }\n'),
  });
  expect(problems.map((problem) => problem.split(':').slice(0, 2).join(':'))).toEqual([
    expect.stringContaining('a.yml:'),
    expect.stringContaining('b.yaml:5'),
    expect.stringContaining('c.yaml:5'),
    expect.stringContaining('c.yaml:5'),
  ]);
});

test('the operator’s file replaces the delivered one of its name, and others stay', async () => {
  const own = path.join(folder, 'own');
  await load({
    'p.yaml': task('    uses: crm.assignItem\n    with: { item: 1 }\n'),
    'q.yaml': task('    uses: crm.assignItem\n    with: { item: 2 }\n'),
  });
  await mkdir(own);
  await writeFile(path.join(own, 'p.yml'), task('    uses: crm.assignItem\n    with: { item: 3 }\n'));
  const programs = await loadPlaybooks([folder, own], actions);
  expect(programs.get('p')?.tasks[0]?.with).toEqual({ item: 3 });
  expect(programs.get('q')?.tasks[0]?.with).toEqual({ item: 2 });
});

test('an include lays its tasks out in place, and the including playbook’s vars go before', async () => {
  const programs = await load({
    'p.yaml': `vars: { a: mine }\n${task('    uses: crm.assignItem\n    with: { item: 1 }\n')}  - include: part\n`,
    'part.yaml':
      'vars: { a: theirs, b: theirs }\ntasks:\n  - key: two\n    name: Two\n    uses: ocs.createAccount\n    with: { account: "{{ vars.a }}" }\n',
  });
  const program = programs.get('p');
  expect(program?.vars).toEqual({ a: 'mine', b: 'theirs' });
  expect(program?.tasks.map(({ key, source }) => [key, source])).toEqual([
    ['one', 'p.yaml:3'],
    ['two', 'part.yaml:3'],
  ]);
});

describe('values', () => {
  const variables = { vars: { gb: 5, list: [1, 2], none: null }, customer: { name: 'O’Brien "x"' } };

  test.each<[unknown, unknown]>([
    ['{{ vars.gb }}', 5],
    ['  {{ vars.gb | times: 1000000000 }} ', 5_000_000_000],
    ['{{ vars.list }}', [1, 2]],
    ['{{ vars.none }}', null],
    ['{{ vars.gb }} GB', '5 GB'],
    ['{{ vars.gb }}{{ vars.gb }}', '55'],
    ['plain', 'plain'],
    [7, 7],
    [null, null],
    [{ a: ['{{ vars.gb }}', { b: '{{ customer.name }}' }] }, { a: [5, { b: 'O’Brien "x"' }] }],
    ['{% if vars.gb > 3 %}much{% else %}little{% endif %}', 'much'],
  ])('%j becomes %j', (template, expected) => {
    expect(fill(template, variables)).toEqual(expected);
  });

  test('a value that is missing is an error, never an empty text', () => {
    expect(() => fill('{{ vars.tb }}', variables)).toThrow(/undefined variable/);
    expect(() => fill('up to {{ vars.tb }}', variables)).toThrow(/undefined variable/);
  });

  test('what a condition asks for and is not there counts as false', () => {
    expect(holds('inventory.modem', { inventory: {} })).toBe(false);
    expect(holds('customer.email', { customer: { email: null } })).toBe(false);
    expect(holds('customer.email', { customer: { email: 'a@b.c' } })).toBe(true);
    expect(holds('vars.gb > 3 and customer.name', variables)).toBe(true);
  });

  test('a template can not read files', () => {
    expect(() => fill('{% include "/etc/passwd" %}', variables)).toThrow();
    expect(() => fill('{% render "package.json" %}', variables)).toThrow();
  });
});
