import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useRoomBelow } from './use-room-below.ts';
import classes from './VirtualTable.module.css';

export interface Column<T> {
  key: string;
  /** Words in the head; an empty head needs a `label`. */
  header: string;
  /** A CSS grid track: `minmax(0, 2fr)`, `140px`. */
  width: string;
  align?: 'start' | 'end';
  /** Figures of one width, so that they stand below each other: ids, numbers, amounts. */
  numeric?: boolean;
  /** Left out on a narrow or much enlarged screen. */
  wideOnly?: boolean;
  cell: (row: T) => ReactNode;
}

interface VirtualTableProps<T> {
  /** What the table holds, for screen readers. */
  label: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  rowKey: (row: T) => string | number;
  /** Enter or a click on a row. Without it the rows are only read. */
  onOpen?: (row: T) => void;
  /** Called when the last rows come into sight, to read the next page. */
  onEndReached?: () => void;
  rowHeight?: number;
  /** Height of the scrolled part: a CSS length. By default what is left of the page's height. */
  height?: string;
  /** Draws the rows as belonging to an earlier question, while the answer to this one is on its way. */
  stale?: boolean;
  selectedKey?: string | number;
}

const pageOfRows = 10;

/** The row that a key leads to, or null when the key is none of the table's. */
function rowAfterKey(key: string, active: number, last: number): number | null {
  const moves: Record<string, number> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + pageOfRows,
    PageUp: active - pageOfRows,
    Home: 0,
    End: last,
  };
  const next = moves[key];
  return next === undefined ? null : Math.max(0, Math.min(last, next));
}

/**
 * A table that draws only the rows in sight, so that ten thousand are as quick as ten. One row is in the tab order;
 * arrows, Page Up and Down, Home and End move among them, Enter opens.
 */
export function VirtualTable<T>(props: VirtualTableProps<T>) {
  const { label, rows, rowKey, onOpen, onEndReached, rowHeight = 52, height, stale, selectedKey } = props;
  const narrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false });
  const columns = narrow ? props.columns.filter(({ wideOnly }) => !wideOnly) : props.columns;
  const scroller = useRef<HTMLTableSectionElement>(null);
  const [active, setActive] = useState(0);
  const room = useRoomBelow(scroller);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const drawn = virtualizer.getVirtualItems();
  const lastDrawn = drawn.at(-1)?.index ?? 0;
  const reachEnd = useEffectEvent(() => onEndReached?.());
  useEffect(() => {
    if (rows.length > 0 && lastDrawn >= rows.length - 10) reachEnd();
  }, [lastDrawn, rows.length]);

  const template = { gridTemplateColumns: columns.map(({ width }) => width).join(' ') };
  const tabbable = Math.min(active, rows.length - 1);

  const focusRow = (index: number) => {
    setActive(index);
    virtualizer.scrollToIndex(index);
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
    });
  };
  const onKeyDown = (event: KeyboardEvent, row: T, index: number) => {
    if (event.target !== event.currentTarget) return;
    if (event.key === 'Enter' && onOpen) {
      event.preventDefault();
      onOpen(row);
      return;
    }
    const next = rowAfterKey(event.key, index, rows.length - 1);
    if (next === null) return;
    event.preventDefault();
    focusRow(next);
  };

  // The table's own elements are laid out as a grid; the rows out of sight are padding.
  const above = drawn[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (drawn.at(-1)?.end ?? 0);
  return (
    <table
      className={classes.table}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrows move among the rows, as in any grid
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      data-stale={stale || undefined}
    >
      <thead className={classes.headGroup}>
        <tr aria-rowindex={1} className={classes.head} style={template}>
          {columns.map(({ key, header, align }) => (
            <th key={key} scope="col" className={classes.headCell} data-align={align}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody
        ref={scroller}
        className={classes.body}
        style={{ height: height ?? `min(${rows.length * rowHeight + 1}px, ${room}px)` }}
      >
        {above > 0 && <tr aria-hidden className={classes.gap} style={{ height: above }} />}
        {drawn.map(({ index }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <tr
              key={rowKey(row)}
              data-index={index}
              aria-rowindex={index + 2}
              aria-selected={selectedKey === undefined ? undefined : selectedKey === rowKey(row)}
              tabIndex={index === tabbable ? 0 : -1}
              className={classes.row}
              data-opens={onOpen !== undefined || undefined}
              style={{ ...template, height: rowHeight }}
              onClick={() => onOpen?.(row)}
              onFocus={() => setActive(index)}
              onKeyDown={(event) => onKeyDown(event, row, index)}
            >
              {columns.map(({ key, cell, align, numeric }) => (
                <td key={key} className={classes.cell} data-align={align} data-numeric={numeric}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          );
        })}
        {below > 0 && <tr aria-hidden className={classes.gap} style={{ height: below }} />}
      </tbody>
    </table>
  );
}
