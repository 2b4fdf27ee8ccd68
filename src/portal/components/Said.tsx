import { IconCheck } from '@tabler/icons-react';
import classes from './Said.module.css';

/** Says that something was done, where it was done; read out too. Null says nothing. */
export function Said({ text }: { text: string | null }) {
  return (
    <div role="status">
      {text !== null && (
        <p className={classes.said}>
          <IconCheck size={18} aria-hidden />
          <span>{text}</span>
        </p>
      )}
    </div>
  );
}
