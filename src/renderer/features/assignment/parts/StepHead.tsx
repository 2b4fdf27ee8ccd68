import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './StepHead.module.css';

interface StepHeadProps {
  title: string;
  text?: ReactNode;
  /** At the end of the line: a toggle, a note. */
  end?: ReactNode;
}

/** What this step asks, in one line, and why in a second. */
export function StepHead({ title, text, end }: StepHeadProps) {
  return (
    <div className={classes.head}>
      <div className={classes.words}>
        <Title order={2} size="h2" tabIndex={-1}>
          {title}
        </Title>
        {text && (
          <Text size="sm" c="dimmed">
            {text}
          </Text>
        )}
      </div>
      {end}
    </div>
  );
}
