import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation, useParams } from 'wouter';
import { LoadingRows } from '../../components/LoadingRows.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { ReadError } from '../../components/ReadError.tsx';
import { deskQuery } from '../../desk.ts';
import { EarlierImports } from './EarlierImports.tsx';
import { ImportForm } from './ImportForm.tsx';
import { ImportResult } from './ImportResult.tsx';

const POLL_MS = 500;

/** Stock comes in by file: a trial run first, then the import itself, each with the result of every row. */
export function ImportPage() {
  const { t } = useTranslation('inventory');
  const { id } = useParams();
  const [, navigate] = useLocation();
  return (
    <>
      <PageHeader
        title={id === undefined ? t('import.title') : t('import.one', { id })}
        subtitle={t('import.subtitle')}
        back={
          id === undefined
            ? { href: '/inventory', label: t('title') }
            : { href: '/inventory/imports', label: t('import.title') }
        }
      />
      {id === undefined ? (
        <Stack gap="lg">
          <ImportForm onDone={(done) => navigate(`/inventory/imports/${done}`)} />
          <EarlierImports />
        </Stack>
      ) : (
        <OneImport id={Number(id)} />
      )}
    </>
  );
}

function OneImport({ id }: { id: number }) {
  const one = useQuery(
    deskQuery.inventory.getImport.queryOptions({
      input: { id },
      refetchInterval: ({ state }) => (state.data?.status === 'running' ? POLL_MS : false),
    }),
  );
  if (one.isPending) return <LoadingRows headOffice="imports" />;
  if (one.isError) return <ReadError what="imports" error={one.error} onRetry={() => void one.refetch()} />;
  return <ImportResult result={one.data} />;
}
