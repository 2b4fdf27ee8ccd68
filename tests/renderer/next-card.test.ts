import { expect, test } from 'vitest';
import { nextCard } from '../../src/renderer/features/catalogue/next-card.ts';

/** Three cards, and two below the first two. */
const boxes = [
  { left: 0, top: 0 },
  { left: 300, top: 0 },
  { left: 600, top: 0 },
  { left: 0, top: 400 },
  { left: 300, top: 400 },
];

test('sideways goes in reading order and stops at the ends', () => {
  expect(nextCard(boxes, 2, 'ArrowRight')).toBe(3);
  expect(nextCard(boxes, 3, 'ArrowLeft')).toBe(2);
  expect(nextCard(boxes, 4, 'ArrowRight')).toBeNull();
  expect(nextCard(boxes, 0, 'ArrowLeft')).toBeNull();
});

test('up and down keep the column, or the nearest one where the row is shorter', () => {
  expect(nextCard(boxes, 1, 'ArrowDown')).toBe(4);
  expect(nextCard(boxes, 2, 'ArrowDown')).toBe(4);
  expect(nextCard(boxes, 4, 'ArrowUp')).toBe(1);
  expect(nextCard(boxes, 0, 'ArrowUp')).toBeNull();
});

test('other keys, and a focus that is on no card, lead nowhere', () => {
  expect(nextCard(boxes, 0, 'a')).toBeNull();
  expect(nextCard(boxes, -1, 'ArrowDown')).toBeNull();
});
