import type { WedgeSettings } from './schema.ts';

/**
 * A key press in the browser's terms. `modified`: Ctrl, Alt or Meta is down (AltGr does not count: it types characters).
 * `repeat`: the key is being held down. `time` in milliseconds, never going back (`event.timeStamp`).
 */
export interface WedgeInput {
  readonly key: string;
  readonly time: number;
  readonly modified?: boolean;
  readonly repeat?: boolean;
}

/**
 * What to do, in this order:
 * - `flush`: these keys were typing after all; put `text` where it would have gone
 * - `hold`: swallow the present key (prevent its default)
 * - `pass`: let the present key do what it does
 * - `scan`: a reader sent `text`; the present key, its terminator, is swallowed too
 */
export type WedgeAction =
  | { readonly type: 'flush'; readonly text: string }
  | { readonly type: 'hold' }
  | { readonly type: 'pass' }
  | { readonly type: 'scan'; readonly text: string };

/** `held`: the keys kept back since `last`. `after` a scan its second terminator is swallowed; an `overlong` run passes. */
export interface WedgeState {
  readonly held: readonly string[];
  readonly last: number;
  readonly after: 'nothing' | 'scan' | 'overlong';
}

export interface WedgeStep {
  readonly state: WedgeState;
  readonly actions: readonly WedgeAction[];
}

/** What tells a reader from a person as long as nobody chose otherwise. */
export const usualWedge = {
  enabled: true,
  prefix: '',
  thresholdMs: 35,
  minLength: 6,
  terminators: ['Enter', 'Tab'] as ('Enter' | 'Tab')[],
};

/** The longest scan; a longer run of fast keys is typing (a paste tool, a cat). */
export const WEDGE_MAX_LENGTH = 1024;

export const wedgeIdle: WedgeState = { held: [], last: Number.NEGATIVE_INFINITY, after: 'nothing' };

const SILENT_KEYS = new Set(['Shift', 'CapsLock', 'AltGraph', 'Control', 'Alt', 'Meta', 'NumLock', 'Fn']);

const isPrintable = (input: WedgeInput): boolean => !input.modified && [...input.key].length === 1;

/** Some readers end with a bare CR or LF, which arrive as Ctrl+M and Ctrl+J. */
function isTerminator(input: WedgeInput, settings: WedgeSettings): boolean {
  if (input.modified) return input.key === 'j' || input.key === 'm';
  return settings.terminators.some((terminator) => terminator === input.key);
}

const flushOf = (keys: readonly string[]): WedgeAction[] =>
  keys.length === 0 ? [] : [{ type: 'flush', text: keys.join('') }];

function release(state: WedgeState, time: number): WedgeStep {
  return { state: { held: [], last: time, after: 'nothing' }, actions: [...flushOf(state.held), { type: 'pass' }] };
}

/** A key that may belong to a scan: held while what is held can still become prefix and text. */
function printable(state: WedgeState, { key, time }: WedgeInput, prefix: readonly string[]): WedgeStep {
  if (state.after === 'overlong') return { state: { ...state, last: time }, actions: [{ type: 'pass' }] };
  // A scan never begins with a space, and a space may be pressing a button.
  if (state.held.length === 0 && key === ' ') return release(state, time);
  const held = [...state.held, key];
  if (held.length > WEDGE_MAX_LENGTH) {
    return { ...release(state, time), state: { held: [], last: time, after: 'overlong' } };
  }
  let start = 0;
  if (state.held.length < prefix.length) {
    while (start < held.length && !held.slice(start).every((k, i) => k === prefix[i])) start += 1;
  }
  if (start === held.length) return release(state, time);
  return {
    state: { held: held.slice(start), last: time, after: 'nothing' },
    actions: [...flushOf(held.slice(0, start)), { type: 'hold' }],
  };
}

function terminated(state: WedgeState, time: number, prefixLength: number, minLength: number): WedgeStep {
  if (state.after === 'scan') return { state: { ...state, last: time }, actions: [{ type: 'hold' }] };
  const text = state.held.slice(prefixLength);
  if (state.held.length < prefixLength || text.length < minLength) return release(state, time);
  return {
    state: { held: [], last: time, after: 'scan' },
    actions: [{ type: 'hold' }, { type: 'scan', text: text.join('') }],
  };
}

/**
 * Tells keyboard-wedge readers from typing. A key that could begin a scan is held; the next key within `thresholdMs`
 * joins it, and Enter or Tab in time makes the run a scan when it is `minLength` long. Any pause or other key gives the
 * held keys back as typing, so nothing of a scan ever reaches a field and nothing typed is lost or reordered. With a
 * prefix only keys that match the prefix are held, and typing passes at once.
 * Call `wedgeTick` when `wedgeDeadline` has passed, or a held key waits for the next one.
 */
export function wedgeKey(before: WedgeState, input: WedgeInput, settings: WedgeSettings): WedgeStep {
  if (!settings.enabled) return release(before, input.time);
  if (SILENT_KEYS.has(input.key)) return { state: before, actions: [{ type: 'pass' }] };
  const pause = wedgeTick(before, input.time, settings);
  const prefix = [...settings.prefix];
  const next = afterPause(pause.state, input, prefix, settings);
  return { state: next.state, actions: [...pause.actions, ...next.actions] };
}

function afterPause(
  state: WedgeState,
  input: WedgeInput,
  prefix: readonly string[],
  settings: WedgeSettings,
): WedgeStep {
  if (input.repeat) return release(state, input.time);
  if (isTerminator(input, settings)) return terminated(state, input.time, prefix.length, settings.minLength);
  return isPrintable(input) ? printable(state, input, prefix) : release(state, input.time);
}

/** Time has passed: keys held longer than the threshold were typing. Never gives `hold`, `pass` or `scan`. */
export function wedgeTick(state: WedgeState, time: number, settings: WedgeSettings): WedgeStep {
  if (time - state.last <= settings.thresholdMs) return { state, actions: [] };
  return { state: wedgeIdle, actions: flushOf(state.held) };
}

/** After this time the held keys are due back through `wedgeTick`; null while nothing is held. */
export function wedgeDeadline(state: WedgeState, settings: WedgeSettings): number | null {
  return state.held.length === 0 ? null : state.last + settings.thresholdMs;
}
