import { Button, FileInput, Group, Paper, Select, Stack, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Import } from '#core/contract/central/inventory.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useUser } from '../../session.tsx';
import { ImportResult } from './ImportResult.tsx';
import { useImport } from './use-import.ts';
import { useStores, useTemplateOptions } from './use-items.ts';

/** Chooses a file, tries it without changing anything, then imports what can be imported. */
export function ImportForm({ onDone }: { onDone: (importId: number) => void }) {
  const { t } = useTranslation('inventory');
  const { store } = useUser();
  const templates = useTemplateOptions();
  const stores = useStores().data?.items ?? [];
  const [file, setFile] = useState<File | null>(null);
  const [template, setTemplate] = useState<string | null>('sim_card');
  const [storeId, setStoreId] = useState<number | null>(store?.id ?? null);
  const { run, trial, forget } = useImport();

  const start = (dryRun: boolean) => {
    if (file === null) return;
    run.mutate(
      { file, dryRun, template: template ?? undefined, storeId: storeId ?? undefined },
      { onSuccess: ({ id }) => !dryRun && onDone(id) },
    );
  };
  const change =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      forget();
    };
  return (
    <Paper p="lg">
      <Stack gap="md">
        <Group gap="md" align="flex-end" wrap="wrap">
          <FileInput
            label={t('import.file')}
            placeholder={t('import.choose')}
            leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
            value={file}
            onChange={change(setFile)}
            accept=".csv,.txt,.out,.dat,text/csv,text/plain"
            clearable
            style={{ flex: '2 1 280px' }}
          />
          <Select
            label={t('import.template')}
            data={templates}
            value={template}
            onChange={change(setTemplate)}
            w={190}
          />
          <Select
            label={t('import.store')}
            placeholder={t('import.fromFile')}
            data={stores.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={storeId === null ? null : String(storeId)}
            onChange={change((id: string | null) => setStoreId(id === null ? null : Number(id)))}
            disabled={store !== null}
            clearable
            w={190}
          />
          <Button onClick={() => start(true)} disabled={file === null} loading={run.isPending && trial === null}>
            {t('import.try')}
          </Button>
        </Group>
        {run.isError && <ErrorNotice error={run.error} onRetry={() => start(trial === null)} />}
        {trial && <Trial trial={trial} busy={run.isPending} onImport={() => start(false)} />}
      </Stack>
    </Paper>
  );
}

function Trial({ trial, busy, onImport }: { trial: Import; busy: boolean; onImport: () => void }) {
  const { t } = useTranslation('inventory');
  const changes = trial.counts.created + trial.counts.updated;
  const ready = trial.status === 'done';
  return (
    <Stack gap="md">
      <ImportResult result={trial} />
      {ready && (
        <Group justify="space-between">
          <Text size="sm" c="dimmed">
            {changes === 0 ? t('import.nothing') : t('import.trialNote')}
          </Text>
          <Button onClick={onImport} loading={busy} disabled={changes === 0}>
            {t('import.go', { count: changes })}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
