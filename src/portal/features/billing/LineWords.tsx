import classes from './billing.module.css';

/** What a transaction is for; its description only where it says more. */
export function LineWords({ title, description }: { title: string; description: string }) {
  return (
    <>
      <span className={classes.strong}>{title}</span>
      {description !== '' && description !== title && <span className={classes.note}>{description}</span>}
    </>
  );
}
