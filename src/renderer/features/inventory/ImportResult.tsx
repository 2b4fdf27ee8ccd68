import { Group, Paper, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import, ImportRow } from '#core/contract/central/inventory.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useFormat } from '../../format.tsx';
import { ImportRows } from './ImportRows.tsx';
import classes from './import.module.css';

const outcomes = ['failed', 'created', 'updated', 'unchanged'] as const;

/** How far an import is, what it did, and the answer to each row. */
export function ImportResult({ result }: { result: Import }) {
  const { t } = useTranslation('inventory');
  if (result.status === 'failed') {
    return (
      <EmptyState
        title={t('import.unreadable')}
        text={t(`import.failure.${result.failure}`, { defaultValue: t('import.failure.other') })}
      />
    );
  }
  return (
    <Stack gap="md">
      {result.status === 'running' ? <Running result={result} /> : <Counts result={result} />}
      <Columns result={result} />
      {result.status === 'done' && <Rows result={result} />}
    </Stack>
  );
}

function Running({ result }: { result: Import }) {
  const { t } = useTranslation('inventory');
  const format = useFormat();
  const { done, total } = result.progress;
  const percent = total === 0 ? 0 : (100 * done) / total;
  return (
    <div>
      <Group justify="space-between" mb={6}>
        <Text size="sm" fw={550}>
          {result.dryRun ? t('import.trying') : t('import.running')}
        </Text>
        <Text size="sm" c="dimmed" className="tabular">
          {t('import.rowsOf', { done: format.number(done), total: format.number(total) })}
        </Text>
      </Group>
      <Progress value={percent} aria-label={t('import.running')} size="md" />
    </div>
  );
}

function Counts({ result }: { result: Import }) {
  const { t } = useTranslation('inventory');
  const format = useFormat();
  return (
    <div className={classes.counts}>
      {outcomes.map((outcome) => (
        <Paper key={outcome} p="md" className={classes.count} data-outcome={outcome}>
          <Text size="xl" fw={620} className="tabular">
            {format.number(result.counts[outcome])}
          </Text>
          <Text size="sm" c="dimmed">
            {t(result.dryRun ? `import.would.${outcome}` : `import.did.${outcome}`)}
          </Text>
        </Paper>
      ))}
    </div>
  );
}

/** Which column was read as what, so that a wrong header is seen before the import. */
function Columns({ result }: { result: Import }) {
  const { t } = useTranslation('inventory');
  const ignored = result.columns.filter(({ field }) => field === null);
  const read = result.columns.filter(({ field }) => field !== null);
  return (
    <Text size="sm" c="dimmed">
      {t('import.columns', { columns: read.map(({ header, field }) => `${header} → ${field}`).join(', ') })}
      {ignored.length > 0 && ` ${t('import.ignored', { columns: ignored.map(({ header }) => header).join(', ') })}`}
    </Text>
  );
}

function Rows({ result }: { result: Import }) {
  const { t } = useTranslation('inventory');
  const [outcome, setOutcome] = useState<ImportRow['outcome'] | 'all'>(result.counts.failed > 0 ? 'failed' : 'all');
  return (
    <>
      <SegmentedControl
        aria-label={t('import.show')}
        value={outcome}
        onChange={(value) => setOutcome(value as ImportRow['outcome'] | 'all')}
        data={['all' as const, ...outcomes].map((value) => ({ value, label: t(`import.filter.${value}`) }))}
        style={{ alignSelf: 'flex-start' }}
      />
      <ImportRows id={result.id} outcome={outcome === 'all' ? undefined : outcome} />
    </>
  );
}
