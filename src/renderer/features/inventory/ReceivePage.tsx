import { Button, Group, Paper, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconBarcode } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useUser } from '../../session.tsx';
import { ReceivedRows } from './ReceivedRows.tsx';
import { useStores, useTemplateOptions, useTemplates } from './use-items.ts';
import { useReceive } from './use-receive.ts';

/** Stock comes in by scanning: every scan is an item, at once and for good; the list says what became of each. */
export function ReceivePage() {
  const { t } = useTranslation('inventory');
  const { store } = useUser();
  const templates = useTemplates().data?.items ?? [];
  const kinds = useTemplateOptions();
  const stores = useStores().data?.items ?? [];
  const [template, setTemplate] = useState('sim_card');
  const [storeId, setStoreId] = useState<number | null>(store?.id ?? null);
  const [typed, setTyped] = useState('');
  const receive = useReceive({ template, storeId, templates });
  return (
    <>
      <PageHeader
        title={t('receive.title')}
        subtitle={t('receive.subtitle')}
        back={{ href: '/inventory', label: t('title') }}
      />
      <Stack gap="md" maw={860}>
        <Paper p="lg">
          <Group gap="md" align="flex-end" wrap="wrap">
            <Select
              label={t('receive.kind')}
              data={kinds}
              value={template}
              onChange={(slug) => slug !== null && setTemplate(slug)}
              allowDeselect={false}
              w={200}
            />
            <Select
              label={t('receive.store')}
              placeholder={t('receive.chooseStore')}
              data={stores.map(({ id, name }) => ({ value: String(id), label: name }))}
              value={storeId === null ? null : String(storeId)}
              onChange={(id) => id !== null && setStoreId(Number(id))}
              disabled={store !== null}
              w={200}
            />
            <form
              style={{ flex: '1 1 240px' }}
              onSubmit={(event) => {
                event.preventDefault();
                if (typed.trim() === '') return;
                void receive.take(typed.trim());
                setTyped('');
              }}
            >
              <Group gap="sm" align="flex-end" wrap="nowrap">
                <TextInput
                  label={t('receive.byHand')}
                  placeholder={t('receive.byHandHint')}
                  value={typed}
                  onChange={(event) => setTyped(event.currentTarget.value)}
                  style={{ flex: 1 }}
                />
                <Button type="submit" variant="default" disabled={typed.trim() === ''}>
                  {t('receive.add')}
                </Button>
              </Group>
            </form>
          </Group>
        </Paper>
        <Group justify="space-between">
          <Text size="sm" c="dimmed" aria-live="polite">
            {t('receive.count', { count: receive.received })}
          </Text>
        </Group>
        {receive.rows.length === 0 ? (
          <EmptyState icon={<IconBarcode size={28} />} title={t('receive.empty')} text={t('receive.emptyText')} />
        ) : (
          <ReceivedRows rows={receive.rows} onRetry={(text) => void receive.take(text)} />
        )}
      </Stack>
    </>
  );
}
