import { Button, CopyButton, Group, Paper, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import classes from './logs.module.css';

/** What the tasks said, oldest first; the technical text that the help desk asks for. Read again at every revision. */
export function JobLogs({ id, revision }: { id: number; revision: number }) {
  const { t } = useTranslation('provisioning');
  const format = useFormat();
  const options = deskQuery.provisioning.logs.queryOptions({ input: { id, limit: 500 } });
  const logs = useQuery({ ...options, queryKey: [...options.queryKey, revision], placeholderData: keepPreviousData });
  if (logs.isPending) return <LoadingRows headOffice="job" rows={5} height={36} />;
  if (logs.isError) return <ReadError what="job" error={logs.error} onRetry={() => void logs.refetch()} />;
  const { items } = logs.data;
  const asText = items.map(({ at, level, message }) => `${at} ${level} ${message}`).join('\n');
  return (
    <Paper p="lg">
      <Group justify="space-between" mb="md">
        <Title order={2}>{t('job.logs')}</Title>
        {items.length > 0 && (
          <CopyButton value={asText}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="default" onClick={copy}>
                {copied ? t('job.copied') : t('job.copy')}
              </Button>
            )}
          </CopyButton>
        )}
      </Group>
      {items.length === 0 && <EmptyState title={t('job.noLogs')} />}
      <ol className={classes.list} tabIndex={items.length > 0 ? 0 : undefined} aria-label={t('job.logs')}>
        {items.map((line) => (
          <li key={line.id} className={classes.line} data-level={line.level}>
            <time dateTime={line.at} className={classes.time}>
              {format.time(line.at)}
            </time>
            <Text span size="xs" className={classes.level}>
              {t(`level.${line.level}`)}
            </Text>
            <span className={classes.message}>{line.message}</span>
          </li>
        ))}
      </ol>
    </Paper>
  );
}
