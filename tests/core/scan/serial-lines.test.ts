import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LineEvent, lineStart, MAX_LINE_BYTES, splitLines } from '#core/scan/serial-lines.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

function run(chunks: readonly Uint8Array[]): { lines: string[]; drops: string[]; pending: number } {
  let state = lineStart;
  const events: LineEvent[] = [];
  for (const chunk of chunks) {
    const step = splitLines(state, chunk);
    state = step.state;
    events.push(...step.events);
  }
  return {
    lines: events.flatMap((e) => (e.type === 'line' ? [e.text] : [])),
    drops: events.flatMap((e) => (e.type === 'dropped' ? [e.reason] : [])),
    pending: state.pending.length,
  };
}

test.each([
  ['CR', 'one\rtwo\r'],
  ['LF', 'one\ntwo\n'],
  ['CRLF', 'one\r\ntwo\r\n'],
  ['STX and ETX', '\u0002one\u0003\u0002two\u0003'],
  ['STX, ETX and CRLF', '\u0002one\u0003\r\n\u0002two\u0003\r\n'],
])('%s separates lines', (_end, text) => {
  expect(run([bytes(text)])).toEqual({ lines: ['one', 'two'], drops: [], pending: 0 });
});

test('lines are the same whatever the chunks', () => {
  const line = fc.string({ unit: fc.constantFrom(...'0123456789ABCé+:'), minLength: 1, maxLength: 40 });
  const lines = fc.array(fc.tuple(line, fc.constantFrom('\r', '\n', '\r\n', '\u0003')), { maxLength: 20 });
  fc.assert(
    fc.property(lines, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (parts, sizes) => {
      const all = bytes(parts.map(([text, end]) => text + end).join(''));
      const chunks: Uint8Array[] = [];
      for (let at = 0, i = 0; at < all.length; i += 1) {
        const size = sizes[i % sizes.length] ?? 1;
        chunks.push(all.slice(at, at + size));
        at += size;
      }
      expect(run(chunks)).toEqual({ lines: parts.map(([text]) => text), drops: [], pending: 0 });
    }),
  );
});

test('10 MB without an end are one report and no memory, and the next line is read', () => {
  const garbage = new Uint8Array(64 * 1024).map((_, i) => (i % 200) + 32);
  const chunks = [...Array.from({ length: 160 }, () => garbage), bytes('tail\r89441100682500000124\r')];
  expect(run(chunks)).toEqual({ lines: ['89441100682500000124'], drops: ['too_long'], pending: 0 });
});

test('no input keeps more than the longest line', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 2000 }), { maxLength: 5 }), (chunks) => {
      expect(run(chunks).pending).toBeLessThanOrEqual(MAX_LINE_BYTES);
    }),
  );
});

test('a line of exactly the longest length is a line', () => {
  const text = 'x'.repeat(MAX_LINE_BYTES);
  expect(run([bytes(`${text}\r${text}y\r`)])).toEqual({ lines: [text], drops: ['too_long'], pending: 0 });
});

test('what was unfinished before STX is dropped and reported', () => {
  expect(run([bytes('894411\u0002890000\u0003')])).toEqual({ lines: ['890000'], drops: ['unfinished'], pending: 0 });
});

test('bytes that are no UTF-8 are still a line', () => {
  expect(run([Uint8Array.of(0x38, 0xe9, 0xff, 0x39, 0x0d)]).lines).toEqual(['8éÿ9']);
});

test('a line with control characters is noise, except for the separators that codes hold', () => {
  const noise = Uint8Array.of(0x38, 0x01, 0x39, 0x0d, 0x85, 0x9f, 0x0d);
  expect(run([noise, bytes('01\u001d10\t\r')])).toEqual({
    lines: ['01\u001d10\t'],
    drops: ['not_text', 'not_text'],
    pending: 0,
  });
});
