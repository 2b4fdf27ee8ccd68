import type { ReactNode } from 'react';
import classes from './settings.module.css';

interface RowProps {
  label: string;
  hint?: string;
  children: ReactNode;
}

/** One setting: what it is at the left, its control at the right. */
export function Row({ label, hint, children }: RowProps) {
  return (
    <div className={classes.row}>
      <div>
        <div className={classes.label}>{label}</div>
        {hint && <div className={classes.hint}>{hint}</div>}
      </div>
      <div className={classes.control}>{children}</div>
    </div>
  );
}
