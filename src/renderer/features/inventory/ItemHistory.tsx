import { Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { StatusMark } from '../../components/StatusMark.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';
import classes from './history.module.css';

/** What happened to an item, newest first. */
export function ItemHistory({ id }: { id: number }) {
  const { t } = useTranslation('inventory');
  const format = useFormat();
  const history = useQuery(deskQuery.inventory.itemHistory.queryOptions({ input: { id, limit: 200 } }));
  if (history.isPending) return <LoadingRows headOffice="history" rows={4} />;
  if (history.isError) return <ReadError what="history" error={history.error} onRetry={() => void history.refetch()} />;
  const { items } = history.data;
  return (
    <Paper p="lg">
      <Title order={2} mb="md">
        {t('history.title')}
      </Title>
      {items.length === 0 && <EmptyState title={t('history.empty')} />}
      <Stack component="ol" gap={0} className={classes.list}>
        {items.map((line) => (
          <li key={`${line.at}-${line.event}-${line.toStatus}`} className={classes.line}>
            <StatusMark kind="item" status={line.toStatus} look="shape" />
            <div>
              <Text size="sm">{t(`history.event.${line.event}`, { defaultValue: line.event })}</Text>
              <Text size="xs" c="dimmed">
                {[format.dateTime(line.at), line.userName ?? t('history.bySystem')].join(' · ')}
              </Text>
            </div>
          </li>
        ))}
      </Stack>
    </Paper>
  );
}
