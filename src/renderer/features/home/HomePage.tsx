import { Button, Stack } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useNow } from '../../clock.ts';
import { Kbd } from '../../components/Kbd.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useFormat } from '../../format.tsx';
import { useDrafts, useStartDraft } from '../../frame/use-drafts.ts';
import { mainAct } from '../../frame/use-route-focus.ts';
import { useCan, useUser } from '../../session.tsx';
import { useIsOffline, useOpenWork } from '../../work/use-work.ts';
import { HomeWork } from '../outbox/HomeWork.tsx';
import { AttentionPanel } from './AttentionPanel.tsx';
import { DraftsPanel } from './DraftsPanel.tsx';
import classes from './HomePage.module.css';
import { LowStockPanel } from './LowStockPanel.tsx';
import { ScanInvitation } from './ScanInvitation.tsx';
import { useAttention } from './use-attention.ts';
import { useLowStock } from './use-low-stock.ts';

/** A worklist, not a dashboard: what waits for this person, and nothing else. Empty, it invites the next scan. */
export function HomePage() {
  const drafts = useDrafts();
  const attention = useAttention();
  const lowStock = useLowStock();
  const isOffline = useIsOffline();
  // Without a line only head office's part is missing, and says so itself.
  const loading = drafts.isLoading || (attention.isLoading && !isOffline);
  const work = useOpenWork();
  const waiting = work.refused.length + work.waiting.length;
  const nothing = (drafts.data?.length ?? 0) + (attention.data?.items.length ?? 0) + waiting === 0;
  return (
    <div className={classes.page}>
      <Head />
      {loading ? (
        <LoadingRows rows={4} height={64} />
      ) : (
        <Stack gap="lg">
          {nothing && !drafts.error && !attention.error && <ScanInvitation />}
          <HomeWork />
          <DraftsPanel drafts={drafts.data ?? []} error={drafts.error} onRetry={() => void drafts.refetch()} />
          <AttentionPanel
            jobs={attention.data?.items ?? []}
            more={attention.data?.nextCursor != null}
            isOut={isOffline && attention.data === undefined && attention.fetchStatus === 'fetching'}
            error={attention.error}
            onRetry={() => void attention.refetch()}
          />
          <LowStockPanel low={lowStock} />
        </Stack>
      )}
    </div>
  );
}

function Head() {
  const { t } = useTranslation('home');
  const user = useUser();
  const now = useNow(60_000);
  const { weekday } = useFormat();
  const start = useStartDraft();
  const mayStart = useCan('provision');
  const mayCreate = useCan('create_customer');
  return (
    <PageHeader
      title={t('title')}
      subtitle={[weekday(now), user.store?.name].filter(Boolean).join(' · ')}
      actions={
        <>
          {mayCreate && (
            <Button
              component={Link}
              href="/customers/new"
              variant="default"
              leftSection={<IconUserPlus size={16} aria-hidden />}
            >
              {t('newCustomer')}
            </Button>
          )}
          {mayStart && (
            <Button
              {...mainAct}
              loading={start.isPending}
              onClick={() => start.mutate({})}
              rightSection={<Kbd keys="F2" onAccent />}
            >
              {t('newAssignment')}
            </Button>
          )}
        </>
      }
    />
  );
}
