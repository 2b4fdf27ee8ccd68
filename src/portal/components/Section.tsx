import { Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './Section.module.css';

interface SectionProps {
  readonly title: string;
  readonly intro?: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  /** Without space around, for lists that reach to the edge. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A titled card of a page. */
export function Section({ title, intro, actions, flush = false, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.head}>
        <div>
          <Title order={2} id={id}>
            {title}
          </Title>
          {intro !== undefined && <p className={classes.intro}>{intro}</p>}
        </div>
        {actions}
      </div>
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
