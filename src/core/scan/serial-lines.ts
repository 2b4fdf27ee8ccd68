/** A scanned line, or input that was thrown away: reported once for each over-long, unfinished or unreadable line. */
export type LineEvent =
  | { readonly type: 'line'; readonly text: string }
  | { readonly type: 'dropped'; readonly reason: 'too_long' | 'unfinished' | 'not_text' };

/** What is kept between two chunks: never more than `maxLength` bytes. */
export interface LineState {
  readonly pending: readonly number[];
  readonly isSkipping: boolean;
}

export const lineStart: LineState = { pending: [], isSkipping: false };

/** Longer than any code a reader sends; our own QR has under 60 characters. */
export const MAX_LINE_BYTES = 512;

const [NUL, STX, ETX, LF, CR] = [0, 2, 3, 10, 13];
const isEnd = (byte: number): boolean => byte === CR || byte === LF || byte === ETX || byte === NUL;

// Tab and the GS1 separators are the only control characters that codes hold.
const CODE_SEPARATORS = new Set([9, 28, 29, 30, 31]);
const isNoise = (text: string): boolean =>
  [...text].some((char) => /[\p{Cc}\uFFFD]/u.test(char) && !CODE_SEPARATORS.has(char.charCodeAt(0)));

/** UTF-8, or Latin-1 where it is not UTF-8: always text, never an error. */
function decode(bytes: readonly number[]): string {
  const hex = bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  try {
    return decodeURIComponent(hex);
  } catch {
    return String.fromCharCode(...bytes);
  }
}

function lineOf(bytes: readonly number[]): LineEvent {
  const text = decode(bytes);
  return isNoise(text) ? { type: 'dropped', reason: 'not_text' } : { type: 'line', text };
}

/**
 * Cuts a serial reader's bytes into lines, whatever the chunks. CR, LF, CRLF, ETX and NUL end a line; STX begins one, and
 * what was unfinished before it is dropped. Empty lines are skipped. A line longer than `maxLength` bytes is dropped up
 * to its end and reported once, so an endless stream of garbage costs nothing; a line with control characters is noise.
 */
export function splitLines(
  before: LineState,
  chunk: Uint8Array,
  maxLength = MAX_LINE_BYTES,
): { state: LineState; events: LineEvent[] } {
  const events: LineEvent[] = [];
  let pending = [...before.pending];
  let isSkipping = before.isSkipping;
  for (const byte of chunk) {
    if (isEnd(byte) || byte === STX) {
      if (pending.length > 0) events.push(byte === STX ? { type: 'dropped', reason: 'unfinished' } : lineOf(pending));
      pending = [];
      isSkipping = false;
    } else if (!isSkipping && pending.length < maxLength) {
      pending.push(byte);
    } else if (!isSkipping) {
      events.push({ type: 'dropped', reason: 'too_long' });
      pending = [];
      isSkipping = true;
    }
  }
  return { state: { pending, isSkipping }, events };
}
