import { type KeyboardEvent, type MouseEvent, useEffect, useEffectEvent, useId, useState } from 'react';

type Key = string | number;

interface ChoicesInput<T> {
  rows: readonly T[];
  keyOf: (row: T) => Key;
  onChoose: (row: T) => void;
  /** Shift+Enter on a row. */
  onKeep?: (row: T) => void;
  isDisabled?: (row: T) => boolean;
  /** Highlighted while nobody has moved: the likeliest choice. */
  preferred?: Key | null;
  /** What is searched for; another text highlights afresh. */
  text: string;
  /** False while the rows belong to an earlier text: Enter then waits for the right ones. */
  settled?: boolean;
  /** A choice of this very list is under way: Enter is then nobody's. */
  busy?: boolean;
  /** `grid` where rows hold buttons of their own. */
  kind?: 'listbox' | 'grid';
}

const PAGE = 8;
const moves: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE };

/** The nearest row that can be chosen, from `start` on in the direction of `step`, then back. */
function nearest(enabled: readonly boolean[], start: number, step: number): number {
  const last = enabled.length - 1;
  const from = Math.max(0, Math.min(last, start));
  for (let at = from; at >= 0 && at <= last; at += Math.sign(step)) if (enabled[at]) return at;
  for (let at = from; at >= 0 && at <= last; at -= Math.sign(step)) if (enabled[at]) return at;
  return -1;
}

/**
 * A list below a search field, driven from the field: arrows move the highlight, Enter takes the highlighted row. The
 * focus never leaves the field (ARIA combobox with `aria-activedescendant`).
 */
export function useChoices<T>(input: ChoicesInput<T>) {
  const {
    rows,
    keyOf,
    onChoose,
    onKeep,
    isDisabled,
    preferred = null,
    text,
    settled = true,
    busy = false,
    kind = 'listbox',
  } = input;
  const listId = useId();
  const [moved, setMoved] = useState<{ key: Key; text: string } | null>(null);
  const [awaited, setAwaited] = useState<string | null>(null);

  const enabled = rows.map((row) => !isDisabled?.(row));
  const indexOf = (key: Key | null) => rows.findIndex((row, at) => enabled[at] && keyOf(row) === key);
  const movedTo = moved !== null && moved.text === text ? indexOf(moved.key) : -1;
  const preferredAt = indexOf(preferred);
  const active = movedTo >= 0 ? movedTo : preferredAt >= 0 ? preferredAt : nearest(enabled, 0, 1);
  const rowId = (index: number) => `${listId}-${index}`;
  const activeId = active >= 0 ? rowId(active) : undefined;

  const choose = useEffectEvent((index: number) => {
    const row = rows[index];
    if (row !== undefined && enabled[index]) onChoose(row);
  });
  useEffect(() => {
    if (awaited === null || !settled) return;
    setAwaited(null);
    if (awaited === text) choose(active);
  }, [awaited, settled, text, active]);
  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const onEnter = (event: KeyboardEvent) => {
    // A held-down Enter belongs to the screen before this one.
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (busy) return;
    const row = rows[active];
    if (event.shiftKey && onKeep !== undefined) {
      if (row !== undefined && settled) onKeep(row);
    } else if (settled) {
      choose(active);
    } else {
      setAwaited(text);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') return onEnter(event);
    const step = moves[event.key];
    if (step === undefined || rows.length === 0) return;
    event.preventDefault();
    const row = rows[nearest(enabled, active + step, step)];
    if (row !== undefined) setMoved({ key: keyOf(row), text });
  };

  return {
    active,
    fieldProps: {
      role: 'combobox',
      'aria-expanded': rows.length > 0,
      'aria-haspopup': kind,
      'aria-controls': rows.length > 0 ? listId : undefined,
      'aria-activedescendant': activeId,
      'aria-autocomplete': 'list' as const,
      autoComplete: 'off',
      spellCheck: false,
      onKeyDown,
    },
    listProps: (label: string) => ({
      id: listId,
      role: kind,
      'aria-label': label,
      // A press on a row takes it and leaves the focus in the field.
      onMouseDown: (event: MouseEvent) => event.preventDefault(),
    }),
    rowProps: (index: number) => ({
      id: rowId(index),
      role: kind === 'grid' ? 'row' : 'option',
      'aria-selected': index === active,
      'aria-disabled': enabled[index] ? undefined : true,
      'data-active': index === active || undefined,
      'data-disabled': enabled[index] ? undefined : true,
      onClick: () => choose(index),
      onPointerMove: () => {
        const row = rows[index];
        if (row !== undefined && enabled[index] && index !== active) setMoved({ key: keyOf(row), text });
      },
    }),
  };
}

export type Choices = ReturnType<typeof useChoices>;
