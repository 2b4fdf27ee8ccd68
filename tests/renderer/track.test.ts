import { describe, expect, it } from 'vitest';
import { refuseShare } from '../../src/renderer/features/assignment/share.ts';
import { differs, wrongWithPin } from '../../src/renderer/features/pin/pin-rules.ts';
import { pinAfterKey, pinProblem } from '../../src/renderer/features/sign-in/pin-state.ts';
import { trackOf } from '../../src/renderer/work/track.ts';

const savedAt = '2026-11-22T05:00:00.000Z';
const decidedAt = '2026-11-22T05:10:00.000Z';
const words = (steps: ReturnType<typeof trackOf>) => steps.map(({ word, state }) => `${word}:${state}`);

describe('the way of a piece of work', () => {
  it('an order goes from saved over accepted to live, and says of no step that it is done before it is', () => {
    const at = { savedAt, decidedAt: null };
    expect(words(trackOf({ ...at, state: 'saved', order: undefined }))).toEqual([
      'saved:now',
      'accepted:open',
      'live:open',
    ]);
    const accepted = { savedAt, decidedAt, state: 'accepted' as const };
    expect(words(trackOf({ ...accepted, order: undefined }))).toEqual(['saved:done', 'accepted:done', 'live:open']);
    expect(words(trackOf({ ...accepted, order: 'provisioning' }))).toEqual(['saved:done', 'accepted:done', 'live:now']);
    expect(words(trackOf({ ...accepted, order: 'active' }))).toEqual(['saved:done', 'accepted:done', 'live:done']);
    expect(words(trackOf({ ...accepted, order: 'failed' }))).toEqual(['saved:done', 'accepted:done', 'failed:stopped']);
  });

  it('what is no order ends with being accepted', () => {
    expect(words(trackOf({ savedAt, decidedAt: null, state: 'saved', order: null }))).toEqual([
      'saved:now',
      'accepted:open',
    ]);
  });

  it('a refusal stops it where head office said no', () => {
    expect(words(trackOf({ savedAt, decidedAt, state: 'refused', order: undefined }))).toEqual([
      'saved:done',
      'refused:stopped',
      'live:open',
    ]);
  });
});

describe('an item by whose share it is', () => {
  it('without a line only the desk’s own can be promised, each refusal with its reason', () => {
    expect(refuseShare({ kind: 'own', deskName: null }, true)).toBeNull();
    expect(refuseShare({ kind: 'other_desk', deskName: 'Left' }, true)).toBe('of_other_desk');
    expect(refuseShare({ kind: 'free', deskName: null }, true)).toBe('not_ours_offline');
  });

  it('with a line, and on a desk that knows of no shares, any can be tried', () => {
    expect(refuseShare({ kind: 'other_desk', deskName: 'Left' }, false)).toBeNull();
    expect(refuseShare(undefined, true)).toBeNull();
  });
});

describe('a PIN', () => {
  const now = new Date('2026-11-22T05:00:00.000Z');
  const known = { hasPin: true, usableUntil: '2026-11-23T05:00:00.000Z', triesLeft: 5 };

  it('says why somebody can’t unlock with it', () => {
    expect(pinProblem(known, now)).toBeNull();
    expect(pinProblem({ ...known, hasPin: false }, now)).toBe('no_pin');
    expect(pinProblem({ ...known, triesLeft: 0 }, now)).toBe('too_many_tries');
    expect(pinProblem({ ...known, usableUntil: '2026-11-22T05:00:00.000Z' }, now)).toBe('too_long_ago');
  });

  it('takes digits up to twelve, and Backspace, and nothing else', () => {
    expect(pinAfterKey('12', '3')).toBe('123');
    expect(pinAfterKey('123456789012', '3')).toBe('123456789012');
    expect(pinAfterKey('12', 'Backspace')).toBe('1');
    for (const key of ['a', 'Tab', 'Enter', ' ', 'F2']) expect(pinAfterKey('12', key)).toBeNull();
  });

  it('is refused when it is too short, a run or one digit repeated, and when the second is another', () => {
    expect(wrongWithPin('28471')).toBe('length');
    expect(wrongWithPin('12345x')).toBe('length');
    expect(wrongWithPin('123456')).toBe('simple');
    expect(wrongWithPin('777777')).toBe('simple');
    expect(wrongWithPin('284719')).toBeNull();
    expect(differs('284719', '284718')).toBe('differs');
  });
});
