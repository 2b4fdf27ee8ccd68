import { Group, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './ListPanel.module.css';

interface ListPanelProps {
  title: string;
  /** How many there are; shown beside the title. */
  count?: number;
  /** Buttons or links at the right of the title. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A titled, bordered list: rows between thin lines. */
export function ListPanel({ title, count, actions, children }: ListPanelProps) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <header className={classes.head}>
        <Group gap={8}>
          <Title order={2} id={id} size="h3">
            {title}
          </Title>
          {count !== undefined && (
            <Text size="sm" c="dimmed">
              {count}
            </Text>
          )}
        </Group>
        {actions}
      </header>
      {children}
    </section>
  );
}

interface ListRowProps {
  /** A mark or an icon before the words. */
  mark?: ReactNode;
  title: ReactNode;
  detail?: ReactNode;
  /** Facts and buttons at the right. */
  children?: ReactNode;
  tone?: 'warn' | 'bad';
}

/** One row of a panel: a bold line, a quiet one below, what can be done at the right. */
export function ListRow({ mark, title, detail, children, tone }: ListRowProps) {
  return (
    <div className={classes.row} data-tone={tone}>
      {mark && <span className={classes.mark}>{mark}</span>}
      <div className={classes.words}>
        <div className={classes.title}>{title}</div>
        {detail && <div className={classes.detail}>{detail}</div>}
      </div>
      {children && <div className={classes.side}>{children}</div>}
    </div>
  );
}
