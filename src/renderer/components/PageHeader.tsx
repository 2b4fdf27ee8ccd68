import { ActionIcon, Group, Text, Title, Tooltip } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect } from 'react';
import { Link } from 'wouter';
import classes from './PageHeader.module.css';

interface PageHeaderProps {
  title: string;
  /** One quiet line below the title. */
  subtitle?: ReactNode;
  /** Status marks beside the title. */
  marks?: ReactNode;
  /** Buttons at the right; the page's main one last. */
  actions?: ReactNode;
  back?: { href: string; label: string };
}

/** The head of every page: its one h1, which is also the window's title and where focus falls back to. */
export function PageHeader({ title, subtitle, marks, actions, back }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Comptoir`;
  }, [title]);
  return (
    <header className={classes.header}>
      <Group gap="sm" wrap="nowrap" miw={0}>
        {back && (
          <Tooltip label={back.label}>
            <ActionIcon
              component={Link}
              href={back.href}
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={back.label}
            >
              <IconArrowLeft size={18} />
            </ActionIcon>
          </Tooltip>
        )}
        <div className={classes.words}>
          <Group gap="sm" wrap="wrap">
            <Title order={1} tabIndex={-1} className={classes.title} dir="auto">
              {title}
            </Title>
            {marks}
          </Group>
          {subtitle && (
            <Text size="sm" c="dimmed" component="div" mt={2}>
              {subtitle}
            </Text>
          )}
        </div>
      </Group>
      {actions && (
        <Group gap="xs" className={classes.actions}>
          {actions}
        </Group>
      )}
    </header>
  );
}
