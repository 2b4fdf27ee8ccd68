import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ListPanel } from '../../components/ListPanel.tsx';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { deskQuery } from '../../desk.ts';
import { mainAct } from '../../frame/use-route-focus.ts';
import { PolicyPanel } from './PolicyPanel.tsx';
import { StaffDialog } from './StaffDialog.tsx';
import { StaffRow } from './StaffRow.tsx';

const ASK_AGAIN_MS = 15_000;

/** Who may work here and as what, and which roles must sign in with two factors. */
export function StaffPanel() {
  const { t } = useTranslation('staff');
  const [adding, setAdding] = useState(false);
  const query = useInfiniteQuery(
    deskQuery.users.list.infiniteOptions({
      input: (cursor: string | undefined) => ({ cursor, limit: 100 }),
      initialPageParam: undefined,
      getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
      // What others do, and who locks themselves out, makes no events here.
      staleTime: 0,
      refetchInterval: ASK_AGAIN_MS,
    }),
  );
  if (query.error) return <ReadError what="staff" error={query.error} onRetry={() => void query.refetch()} />;
  if (query.isPending) return <LoadingRows rows={4} height={64} label={t('list.loading')} />;
  const people = query.data.pages.flatMap(({ items }) => items);
  const add = (
    <Button
      {...mainAct}
      size="compact-md"
      variant="light"
      leftSection={<IconPlus size={15} aria-hidden />}
      onClick={() => setAdding(true)}
    >
      {t('add.button')}
    </Button>
  );
  return (
    <>
      <ListPanel title={t('list.title')} count={query.hasNextPage ? undefined : people.length} actions={add}>
        {people.map((person) => (
          <StaffRow key={person.id} person={person} />
        ))}
      </ListPanel>
      {query.hasNextPage && (
        <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
      <PolicyPanel />
      <StaffDialog opened={adding} onClose={() => setAdding(false)} />
    </>
  );
}
