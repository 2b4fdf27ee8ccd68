import { Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { StatusMark } from '../components/StatusMark.tsx';
import { deskQuery } from '../desk.ts';
import { useFormat } from '../format.tsx';
import { useHostState } from '../host-link.ts';
import classes from './StatusBar.module.css';

/** Whether central answers, since when, and what that means for the work. */
export function LinkState() {
  const { t } = useTranslation('frame');
  const { data: link } = useQuery(deskQuery.system.link.queryOptions());
  const { dateTime } = useFormat();
  if (useHostState() === 'gone') return <span className={classes.fact}>{t('link.unknown')}</span>;
  if (link === undefined) return <span className={classes.fact} />;
  return (
    <Popover position="top-start" width={320}>
      <Popover.Target>
        <UnstyledButton className={classes.fact}>
          <StatusMark kind="link" status={link.state} look="plain" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={4}>
          <Text size="sm" fw={600}>
            {t(`link.${link.state}.title`)}
          </Text>
          <Text size="sm">{t(`link.${link.state}.text`)}</Text>
          <Text size="xs" c="dimmed">
            {t('link.since', { since: dateTime(link.since) })}
          </Text>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {t('link.central', { url: link.centralUrl })}
          </Text>
          {link.error && (
            <Text size="xs" c="dimmed" ff="monospace">
              {link.error}
            </Text>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
