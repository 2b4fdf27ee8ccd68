import { Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface EmptyStateProps {
  title: string;
  text?: ReactNode;
  /** Why there may be nothing, each with what to do about it. */
  causes?: readonly string[];
  action?: ReactNode;
  icon?: ReactNode;
}

/** What a list shows when it has nothing: said plainly, with why and the way on. */
export function EmptyState({ title, text, causes = [], action, icon }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      <Title order={2} size="h3">
        {title}
      </Title>
      {text && (
        <Text size="sm" c="dimmed" component="div" maw={460}>
          {text}
        </Text>
      )}
      {causes.length > 0 && (
        <ul className={classes.causes}>
          {causes.map((cause) => (
            <li key={cause}>{cause}</li>
          ))}
        </ul>
      )}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
