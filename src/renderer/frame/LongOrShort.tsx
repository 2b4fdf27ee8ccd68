import classes from './StatusBar.module.css';

/** The whole words where the bar has room for them, else the few that must be said; the whole ones are read out. */
export function LongOrShort({ long, short }: { long: string; short: string }) {
  return (
    <span className={classes.words} title={long}>
      <span className={classes.long}>{long}</span>
      <span className={classes.short} aria-hidden>
        {short}
      </span>
    </span>
  );
}
