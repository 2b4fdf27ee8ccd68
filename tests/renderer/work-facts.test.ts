import { describe, expect, it } from 'vitest';
import type { SyncState } from '#core/contract/desk/work.ts';
import {
  clockFact,
  directoryFact,
  linkTone,
  outboxFact,
  shareDone,
  showsOutbox,
} from '../../src/renderer/work/facts.ts';

const none: SyncState['outbox'] = { waiting: 0, refused: 0, oldest: null };
const some: SyncState['outbox'] = { waiting: 3, refused: 0, oldest: '2026-11-22T05:00:00.000Z' };

function state(changes: Partial<SyncState> = {}): SyncState {
  return {
    directory: 'current',
    progress: null,
    lastSyncAt: '2026-11-22T05:00:00.000Z',
    clockDifferenceMs: 0,
    outbox: none,
    setAside: null,
    ...changes,
  };
}

describe('the line in the status bar', () => {
  it('is green only while nothing waits, nothing was refused and the directory is current', () => {
    const online = { state: 'online' } as const;
    expect(linkTone(online, state(), 'enrolled')).toBe('good');
    expect(linkTone(online, state({ directory: 'off' }), 'none')).toBe('good');
    const notAllWell = [
      state({ outbox: some }),
      state({ outbox: { ...none, refused: 1 } }),
      state({ directory: 'behind' }),
      state({ directory: 'first' }),
      undefined,
    ];
    for (const sync of notAllWell) expect(linkTone(online, sync, 'enrolled')).not.toBe('good');
  });

  it('cut, it warns where the desk can go on and alarms where it can’t', () => {
    expect(linkTone({ state: 'offline' }, state(), 'enrolled')).toBe('warn');
    expect(linkTone({ state: 'offline' }, state(), 'none')).toBe('bad');
    expect(linkTone({ state: 'offline' }, state(), 'revoked')).toBe('bad');
  });
});

describe('the outbox in the status bar', () => {
  it('names what was refused before what waits, and is green for neither', () => {
    expect(outboxFact({ ...some, refused: 1 }, false)).toEqual(['bad', 'refused']);
    expect(outboxFact(some, false)).toEqual(['busy', 'waiting']);
    expect(outboxFact(some, true)).toEqual(['warn', 'waiting']);
    expect(outboxFact(none, true)).toEqual(['good', 'allSent']);
  });

  it('is not spoken of on a desk that is not enrolled, unless work of before is left on it', () => {
    expect(showsOutbox(state(), 'none')).toBe(false);
    expect(showsOutbox(state({ outbox: some }), 'none')).toBe(true);
    expect(showsOutbox(state(), 'revoked')).toBe(true);
  });
});

describe('the directory in the status bar', () => {
  it('has words for every state, and none for a desk without one', () => {
    expect(directoryFact(state({ directory: 'off' }))).toBeNull();
    expect(directoryFact(state())).toEqual(['idle', 'current']);
    expect(directoryFact(state({ directory: 'behind' }))).toEqual(['warn', 'behind']);
    expect(directoryFact(state({ directory: 'behind', lastSyncAt: null }))).toEqual(['warn', 'never']);
    expect(directoryFact(state({ directory: 'first' }))).toEqual(['busy', 'firstStarting']);
    const progress = { done: 421_000, total: 1_000_000 };
    expect(directoryFact(state({ directory: 'first', progress }))).toEqual(['busy', 'first']);
    expect(directoryFact(state({ directory: 'rebuilding', progress }))).toEqual(['busy', 'rebuilding']);
  });

  it('is never called whole before it is', () => {
    expect(shareDone({ done: 421_000, total: 1_000_000 })).toBe(0.421);
    expect(shareDone({ done: 1_200, total: 1_000 })).toBeLessThan(1);
    expect(shareDone({ done: 0, total: 0 })).toBe(0);
  });
});

it('a clock is spoken of from a minute’s difference on, either way', () => {
  expect(clockFact(state({ clockDifferenceMs: null }))).toBeNull();
  expect(clockFact(state({ clockDifferenceMs: 59_999 }))).toBeNull();
  expect(clockFact(state({ clockDifferenceMs: 60_000 }))).toBe(60_000);
  expect(clockFact(state({ clockDifferenceMs: -86_400_000 }))).toBe(-86_400_000);
});
