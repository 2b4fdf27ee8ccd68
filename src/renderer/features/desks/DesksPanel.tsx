import { Button, Stack } from '@mantine/core';
import { IconDeviceDesktop, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { pendingEnrolmentSchema } from '#core/contract/central/desks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ListPanel, ListRow } from '../../components/ListPanel.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat, useNow } from '../../format.tsx';
import { mainAct } from '../../frame/use-route-focus.ts';
import { ApproveDesk } from './ApproveDesk.tsx';
import { DeskRow } from './DeskRow.tsx';

const ASK_AGAIN_MS = 10_000;

/** The desks of the operator or of the own store, and those that ask to become one. */
export function DesksPanel() {
  const { t } = useTranslation('desks');
  // Other desks make no events here.
  const desks = useQuery(deskQuery.desks.list.queryOptions({ refetchInterval: ASK_AGAIN_MS }));
  const pending = useQuery(deskQuery.desks.pending.queryOptions({ refetchInterval: ASK_AGAIN_MS }));
  const [approving, setApproving] = useState<string | null>(null);
  const approve = (
    <Button
      {...mainAct}
      size="compact-md"
      variant="light"
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => setApproving('')}
    >
      {t('approve.button')}
    </Button>
  );
  if (desks.error && desks.data === undefined) {
    return <ReadError what="desks" error={desks.error} onRetry={() => void desks.refetch()} />;
  }
  if (desks.data === undefined) return <LoadingRows rows={4} height={64} label={t('list.loading')} />;
  const { items } = desks.data;
  return (
    <Stack gap="lg">
      <Pending items={pending.data?.items ?? []} onApprove={setApproving} />
      <ListPanel title={t('list.all')} count={items.length} actions={approve}>
        {items.length === 0 && (
          <EmptyState icon={<IconDeviceDesktop size={24} />} title={t('list.empty')} text={t('list.emptyText')} />
        )}
        {items.map((desk) => (
          <DeskRow key={desk.id} desk={desk} />
        ))}
      </ListPanel>
      {approving !== null && <ApproveDesk code={approving} onClose={() => setApproving(null)} />}
    </Stack>
  );
}

interface PendingProps {
  items: readonly z.infer<typeof pendingEnrolmentSchema>[];
  onApprove: (code: string) => void;
}

function Pending({ items, onApprove }: PendingProps) {
  const { t } = useTranslation('desks');
  const { relative } = useFormat();
  const now = useNow(10_000);
  if (items.length === 0) return null;
  return (
    <ListPanel title={t('pending.title')} count={items.length}>
      {items.map(({ code, machine, requestedAt }) => (
        <ListRow
          key={code}
          mark={<IconDeviceDesktop size={20} stroke={1.6} aria-hidden />}
          title={<bdi>{machine}</bdi>}
          detail={t('pending.detail', { code, when: relative(requestedAt, now) })}
        >
          <Button size="compact-md" onClick={() => onApprove(code)}>
            {t('pending.approve')}
          </Button>
        </ListRow>
      ))}
    </ListPanel>
  );
}
