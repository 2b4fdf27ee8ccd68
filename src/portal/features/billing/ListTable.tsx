import type { ReactNode } from 'react';
import classes from './ListTable.module.css';

interface ListTableProps {
  readonly label: string;
  readonly columns: readonly { readonly name: string; readonly isNumber?: boolean }[];
  /** Each with as many cells as there are columns; the first is what the row is about. */
  readonly rows: readonly { readonly key: number | string; readonly cells: readonly ReactNode[] }[];
}

/**
 * A table that becomes a list of cards where there is no room for its columns, each value then beside its column's name.
 * Its roles are spelled out: laid out otherwise, a browser no longer takes it for a table.
 */
export function ListTable({ label, columns, rows }: ListTableProps) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see above
    <table role="table" aria-label={label} className={classes.table}>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <thead role="rowgroup">
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <tr role="row">
          {columns.map(({ name, isNumber }) => (
            // biome-ignore lint/a11y/noRedundantRoles: see above
            <th key={name} role="columnheader" scope="col" data-number={isNumber}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <tbody role="rowgroup">
        {rows.map(({ key, cells }) => (
          // biome-ignore lint/a11y/noRedundantRoles: see above
          <tr key={key} role="row">
            {columns.map(({ name, isNumber }, at) => (
              // biome-ignore lint/a11y/noRedundantRoles: see above
              <td key={name} role="cell" data-number={isNumber} data-first={at === 0 || undefined}>
                <span className={classes.name} aria-hidden>
                  {name}
                </span>
                <span className={classes.value}>{cells[at]}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
