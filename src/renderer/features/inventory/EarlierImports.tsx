import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Import } from '#core/contract/central/inventory.ts';
import { type Column, VirtualTable } from '../../components/VirtualTable.tsx';
import { deskQuery } from '../../desk.ts';
import { useFormat } from '../../format.tsx';

type Row = Omit<Import, 'rows'>;

/** Files that came before, each with what it did; trials included. */
export function EarlierImports() {
  const { t } = useTranslation('inventory');
  const format = useFormat();
  const [, navigate] = useLocation();
  const imports = useQuery(deskQuery.inventory.imports.queryOptions({ input: { limit: 50 } }));
  const rows = imports.data?.items ?? [];
  if (rows.length === 0) return null;
  const columns: Column<Row>[] = [
    {
      key: 'id',
      header: t('import.number'),
      width: '80px',
      cell: ({ id }) => <span className="tabular">{`#${id}`}</span>,
    },
    {
      key: 'file',
      header: t('import.file'),
      width: 'minmax(0, 2fr)',
      cell: ({ filename }) => <span className="clip">{filename}</span>,
    },
    {
      key: 'kind',
      header: t('import.kind'),
      width: '140px',
      cell: ({ dryRun }) => (dryRun ? t('import.trial') : t('import.real')),
    },
    {
      key: 'result',
      header: t('import.result'),
      width: 'minmax(0, 2fr)',
      cell: ({ status, counts }) => (
        <Text span size="sm" c={counts.failed > 0 || status === 'failed' ? undefined : 'dimmed'}>
          {status === 'done'
            ? t('import.summary', {
                created: format.number(counts.created),
                unchanged: format.number(counts.unchanged),
                failed: format.number(counts.failed),
              })
            : t(`import.status.${status}`)}
        </Text>
      ),
    },
  ];
  return (
    <section>
      <Title order={2} mb="sm">
        {t('import.earlier')}
      </Title>
      <VirtualTable
        label={t('import.earlier')}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        rowHeight={44}
        height={`min(${rows.length * 44 + 1}px, 320px)`}
        onOpen={({ id }) => navigate(`/inventory/imports/${id}`)}
      />
    </section>
  );
}
