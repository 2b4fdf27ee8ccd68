import { expect, it } from 'vitest';
import { createKeyedQueue } from '../../../src/main/drafts/queue.ts';

it('acts on one draft happen one after the other, those on different drafts side by side', async () => {
  const { inTurn, settled } = createKeyedQueue();
  const order: string[] = [];
  const gates = new Map<string, () => void>();
  const act = (draft: string, name: string) =>
    inTurn(draft, async () => {
      order.push(`${name} begins`);
      await new Promise<void>((resolve) => gates.set(name, resolve));
      order.push(`${name} ends`);
    });
  const first = act('a', 'first');
  act('a', 'second');
  const other = act('b', 'other');
  await Promise.resolve();
  await Promise.resolve();
  expect(order).toEqual(['first begins', 'other begins']);
  gates.get('other')?.();
  await other;
  gates.get('first')?.();
  await first;
  await new Promise(setImmediate);
  gates.get('second')?.();
  await settled();
  expect(order.slice(3)).toEqual(['first ends', 'second begins', 'second ends']);
});

it('a failed act does not stop the next one', async () => {
  const { inTurn } = createKeyedQueue();
  const failed = inTurn('a', () => Promise.reject(new Error('no')));
  const next = inTurn('a', async () => 'done');
  await expect(failed).rejects.toThrow('no');
  expect(await next).toBe('done');
});
