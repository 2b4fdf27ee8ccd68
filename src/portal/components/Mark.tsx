import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Mark.module.css';

interface MarkProps {
  readonly tone: 'good' | 'warn' | 'bad' | 'idle';
  /** Another shape for each state of a kind: colour alone says nothing. */
  readonly icon: TablerIcon;
  readonly children: ReactNode;
}

/** A state as colour, shape and word together. */
export function Mark({ tone, icon: Icon, children }: MarkProps) {
  return (
    <span className={classes.mark} data-tone={tone}>
      <Icon size={16} aria-hidden className={classes.icon} />
      <span>{children}</span>
    </span>
  );
}
