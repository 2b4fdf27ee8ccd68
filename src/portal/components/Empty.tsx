import type { ReactNode } from 'react';
import classes from './Empty.module.css';

interface EmptyProps {
  /** What is not there, as a sentence. */
  readonly title: string;
  /** How it gets there. */
  readonly text?: string;
  readonly action?: ReactNode;
}

/** A list without anything in it. */
export function Empty({ title, text, action }: EmptyProps) {
  return (
    <div className={classes.empty}>
      <p className={classes.title}>{title}</p>
      {text !== undefined && <p className={classes.text}>{text}</p>}
      {action}
    </div>
  );
}
