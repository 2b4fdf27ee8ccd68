import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WedgeSettings } from '#core/scan/schema.ts';
import { WEDGE_MAX_LENGTH, type WedgeInput, wedgeDeadline, wedgeIdle, wedgeKey, wedgeTick } from '#core/scan/wedge.ts';

const settings = (over: Partial<WedgeSettings> = {}): WedgeSettings => WedgeSettings.parse(over);

/** What a screen sees: `typed` in the order it reaches the field (named keys in brackets), and the scans. */
interface Seen {
  typed: string;
  scans: string[];
}

/** Plays keys through the machine as a screen does: a tick when the deadline passes, flushes before the key's default. */
function play(inputs: readonly WedgeInput[], options: WedgeSettings, untilTheEnd = true): Seen {
  const seen: Seen = { typed: '', scans: [] };
  let state = wedgeIdle;
  const show = (key: string) => ([...key].length === 1 ? key : `[${key}]`);
  const apply = (step: ReturnType<typeof wedgeKey>, key: string) => {
    state = step.state;
    for (const action of step.actions) {
      if (action.type === 'flush') seen.typed += action.text;
      if (action.type === 'pass') seen.typed += show(key);
      if (action.type === 'scan') seen.scans.push(action.text);
    }
  };
  const tickUntil = (time: number) => {
    const due = wedgeDeadline(state, options);
    if (due !== null && due < time) apply(wedgeTick(state, due + 0.1, options), '');
  };
  for (const input of inputs) {
    tickUntil(input.time);
    apply(wedgeKey(state, input, options), input.key);
  }
  if (untilTheEnd) tickUntil(Number.POSITIVE_INFINITY);
  return seen;
}

/** Keys with the pause before each of them. */
function timed(keys: readonly string[], pauses: readonly number[], start = 0): WedgeInput[] {
  let time = start;
  return keys.map((key, i) => {
    time += pauses[i % pauses.length] ?? 0;
    return { key, time };
  });
}

const scanOf = (text: string, start: number, pause = 10, end = 'Enter'): WedgeInput[] =>
  timed([...text, end], [pause], start);

const visibleKeys = [...'abcXYZ0123456789+-:;~ é€'];
const namedKeys = ['Enter', 'Tab', 'Backspace', 'ArrowLeft', 'Escape'];
const typedText = (keys: readonly string[]) => keys.map((key) => ([...key].length === 1 ? key : `[${key}]`)).join('');

const humanKeys = fc.array(fc.constantFrom(...visibleKeys, ...namedKeys), { maxLength: 40 });
const humanPauses = fc.array(fc.integer({ min: 61, max: 900 }), { minLength: 1, maxLength: 40 });
const scanText = fc.string({ unit: fc.constantFrom(...'0123456789ABCxyz+:-]'), minLength: 6, maxLength: 64 });
const scanPauses = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 64 });
const prefixes = fc.constantFrom('', '~', '~~', '[[', 'aab', ']');

describe('typing', () => {
  test('at more than 60 ms a key is never swallowed, reordered or taken for a scan, with and without a prefix', () => {
    fc.assert(
      fc.property(humanKeys, humanPauses, prefixes, (keys, pauses, prefix) => {
        expect(play(timed(keys, pauses), settings({ prefix }))).toEqual({ typed: typedText(keys), scans: [] });
      }),
      { numRuns: 500 },
    );
  });

  test('a fast burst without a terminator comes back whole', () => {
    expect(play(timed([...'8944110068'], [5]), settings())).toEqual({ typed: '8944110068', scans: [] });
  });

  test('a burst shorter than the minimum stays typing, and its Enter passes', () => {
    expect(play(scanOf('12345', 0), settings())).toEqual({ typed: '12345[Enter]', scans: [] });
  });

  test('a key is held only until the threshold has passed', () => {
    const held = wedgeKey(wedgeIdle, { key: 'a', time: 100 }, settings());
    expect(held.actions).toEqual([{ type: 'hold' }]);
    expect(wedgeDeadline(held.state, settings())).toBe(135);
    expect(wedgeTick(held.state, 135, settings()).actions).toEqual([]);
    const due = wedgeTick(held.state, 135.1, settings());
    expect(due.actions).toEqual([{ type: 'flush', text: 'a' }]);
    expect(wedgeTick(due.state, 500, settings()).actions).toEqual([]);
  });

  test('a key held down repeats at once and never becomes a scan', () => {
    const repeats = timed([...'aaaaaaaa'], [30], 500).map((input) => ({ ...input, repeat: true }));
    const inputs = [{ key: 'a', time: 0 }, ...repeats, { key: 'Enter', time: 750 }];
    expect(play(inputs, settings())).toEqual({ typed: 'aaaaaaaaa[Enter]', scans: [] });
  });

  test('shortcuts pass, and give back what was held before them', () => {
    const inputs = [
      { key: 'a', time: 0 },
      { key: 'Control', time: 10, modified: true },
      { key: 'v', time: 20, modified: true },
    ];
    expect(play(inputs, settings())).toEqual({ typed: '[Control]av', scans: [] });
  });

  test('the space bar presses a button at once', () => {
    expect(wedgeKey(wedgeIdle, { key: ' ', time: 0 }, settings()).actions).toEqual([{ type: 'pass' }]);
  });

  test('with the wedge switched off everything passes', () => {
    expect(play(scanOf('8944110068', 0), settings({ enabled: false })).scans).toEqual([]);
  });

  test('a prefix character that someone types in a password arrives', () => {
    expect(play(timed([...'pa~ss'], [80]), settings({ prefix: '~' })).typed).toBe('pa~ss');
  });

  test('a run longer than any scan is passed on, not kept', () => {
    const text = 'x'.repeat(WEDGE_MAX_LENGTH * 3);
    expect(play(scanOf(text, 0, 1), settings())).toEqual({ typed: `${text}[Enter]`, scans: [] });
  });
});

describe('a scan', () => {
  test('at 20 ms a key or less is recognised wherever it starts, and nothing of it reaches a field', () => {
    fc.assert(
      fc.property(humanKeys, humanPauses, scanText, scanPauses, (before, humanPause, text, pauses) => {
        const human = timed(before, humanPause);
        const start = (human.at(-1)?.time ?? 0) + 61;
        const scanned = timed([...text, 'Enter'], pauses, start);
        const after = timed(before, humanPause, (scanned.at(-1)?.time ?? 0) + 61);
        expect(play([...human, ...scanned, ...after], settings(), true)).toEqual({
          typed: typedText([...before, ...before]),
          scans: [text],
        });
      }),
      { numRuns: 500 },
    );
  });

  test('nothing of it is given back while it runs', () => {
    fc.assert(
      fc.property(scanText, scanPauses, (text, pauses) => {
        expect(play(timed([...text], pauses), settings(), false)).toEqual({ typed: '', scans: [] });
      }),
    );
  });

  test('after a prefix is told from a key that was typed right before it', () => {
    fc.assert(
      fc.property(scanText, scanPauses, fc.constantFrom('~', '~~', '^]'), (text, pauses, prefix) => {
        const inputs = [{ key: 'q', time: 0 }, ...timed([...prefix, ...text, 'Tab'], pauses, 3)];
        expect(play(inputs, settings({ prefix }))).toEqual({ typed: 'q', scans: [text] });
      }),
    );
  });

  test('after a prefix that begins like itself', () => {
    expect(play(scanOf('aaab123456', 0), settings({ prefix: 'aab' }))).toEqual({ typed: 'a', scans: ['123456'] });
  });

  test('without the prefix that is configured is typing', () => {
    expect(play(scanOf('8944110068', 0), settings({ prefix: '~' }))).toEqual({ typed: '8944110068[Enter]', scans: [] });
  });

  test('with capital letters, which readers send with Shift', () => {
    const inputs = [...'ABCDEF'].flatMap((key, i) => [
      { key: 'Shift', time: i * 10 },
      { key, time: i * 10 + 2 },
    ]);
    expect(play([...inputs, { key: 'Enter', time: 60 }], settings()).scans).toEqual(['ABCDEF']);
  });

  test('that ends with CR and LF is one scan, and the second end goes nowhere', () => {
    const inputs = [...scanOf('8944110068', 0), { key: 'Enter', time: 108 }, { key: 'j', time: 112, modified: true }];
    expect(play(inputs, settings())).toEqual({ typed: '', scans: ['8944110068'] });
  });

  test('that ends with a bare line feed is a scan', () => {
    const inputs = [...timed([...'8944110068'], [10]), { key: 'j', time: 105, modified: true }];
    expect(play(inputs, settings())).toEqual({ typed: '', scans: ['8944110068'] });
  });

  test('that follows another at once is another scan', () => {
    expect(play([...scanOf('111111', 0), ...scanOf('222222', 65)], settings()).scans).toEqual(['111111', '222222']);
  });

  test('from a slow reader is recognised with a longer threshold', () => {
    expect(play(scanOf('8944110068', 0, 60), settings()).scans).toEqual([]);
    expect(play(scanOf('8944110068', 0, 60), settings({ thresholdMs: 80 })).scans).toEqual(['8944110068']);
  });
});

test('whatever comes, each visible key is either typed or part of a scan, once and in order', () => {
  const anyInput = fc.record({
    key: fc.constantFrom(...visibleKeys, 'Enter', 'Tab', 'Backspace', 'Shift'),
    pause: fc.oneof(fc.integer({ min: 0, max: 34 }), fc.integer({ min: 36, max: 500 })),
    repeat: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(anyInput, { maxLength: 80 }), (entries) => {
      let time = 0;
      const inputs = entries.map(({ key, pause, repeat }) => {
        time += pause;
        return { key, time, repeat };
      });
      const { typed, scans } = play(inputs, settings());
      const visible = (keys: readonly string[]) =>
        keys
          .filter((key) => [...key].length === 1)
          .sort()
          .join('');
      expect(visible([...typed.replace(/\[\w+\]/g, ''), ...scans.join('')])).toBe(visible(inputs.map((i) => i.key)));
    }),
    { numRuns: 1000 },
  );
});
