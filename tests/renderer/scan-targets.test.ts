import { expect, test } from 'vitest';
import type { ScanMatch } from '#core/contract/desk/events.ts';
import { classifyScan } from '#core/scan/classify.ts';
import type { Scan } from '#core/scan/schema.ts';
import { createScanTargets, type ScanAnswer } from '../../src/renderer/scan/targets.ts';

const text = '8944100000000000011';
const scan: Scan = {
  id: '01960000-0000-7000-8000-000000000001',
  source: 'wedge',
  deviceId: 'wedge',
  text,
  value: classifyScan(text),
  alternatives: [],
  at: '2026-11-22T10:00:00.000Z',
  receivedAt: 0,
};
const match: ScanMatch = { kind: 'none' };

function room() {
  const targets = createScanTargets();
  const asked: string[] = [];
  const target = (name: string, answer: ScanAnswer) => {
    const order = targets.nextOrder();
    return {
      mount: () =>
        targets.add({
          order,
          handler: () => {
            asked.push(name);
            return answer;
          },
        }),
    };
  };
  return { targets, asked, target };
}

test('the innermost target is asked first, whoever was mounted first', async () => {
  const { targets, asked, target } = room();
  // React draws parents before their children and mounts children before their parents.
  const page = target('page', 'taken');
  const dialogue = target('dialogue', 'ignored');
  dialogue.mount();
  page.mount();
  expect(await targets.offer(scan, match)).toBe('taken');
  expect(asked).toEqual(['dialogue', 'page']);
});

test('a refusal ends the search: no one further out takes what was refused', async () => {
  const { targets, asked, target } = room();
  target('page', 'taken').mount();
  target('step', 'refused').mount();
  expect(await targets.offer(scan, match)).toBe('refused');
  expect(asked).toEqual(['step']);
});

test('a target that has gone is not asked', async () => {
  const { targets, asked, target } = room();
  target('page', 'ignored').mount();
  const leave = target('step', 'taken').mount();
  leave();
  expect(await targets.offer(scan, match)).toBe('ignored');
  expect(asked).toEqual(['page']);
});

test('a target that mounts while another thinks is not asked about that scan', async () => {
  const { targets, target } = room();
  let decide: (answer: ScanAnswer) => void = () => undefined;
  targets.add({
    order: targets.nextOrder(),
    handler: () => new Promise((resolve) => (decide = resolve)),
  });
  const offered = targets.offer(scan, match);
  target('late', 'taken').mount();
  decide('ignored');
  expect(await offered).toBe('ignored');
});
