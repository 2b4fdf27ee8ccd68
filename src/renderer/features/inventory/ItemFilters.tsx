import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ItemStatus, itemStatusSchema } from '#core/domain/inventory.ts';
import { SearchField } from '../../components/SearchField.tsx';
import { type ItemFilter, useStores, useTemplateOptions } from './use-items.ts';

interface ItemFiltersProps {
  filter: ItemFilter;
  onChange: (filter: ItemFilter) => void;
}

/** Narrows the stock list by words, kind, state and store. */
export function ItemFilters({ filter, onChange }: ItemFiltersProps) {
  const { t } = useTranslation('inventory');
  const { t: common } = useTranslation('common');
  const templates = useTemplateOptions();
  const stores = useStores().data?.items ?? [];
  return (
    <Group gap="sm" wrap="wrap">
      <SearchField
        label={t('search')}
        placeholder={t('search')}
        value={filter.q}
        onSearch={(q) => onChange({ ...filter, q })}
        style={{ flex: '1 1 260px', maxWidth: 400 }}
      />
      <Select
        aria-label={t('filter.template')}
        placeholder={t('filter.allTemplates')}
        data={templates}
        value={filter.template}
        onChange={(template) => onChange({ ...filter, template })}
        clearable
        w={180}
      />
      <Select
        aria-label={t('filter.status')}
        placeholder={t('filter.allStatuses')}
        data={itemStatusSchema.options.map((value) => ({ value, label: common(`status.item.${value}`) }))}
        value={filter.status}
        onChange={(status) => onChange({ ...filter, status: status as ItemStatus | null })}
        clearable
        w={170}
      />
      <Select
        aria-label={t('filter.store')}
        placeholder={t('filter.allStores')}
        data={stores.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={filter.storeId === null ? null : String(filter.storeId)}
        onChange={(id) => onChange({ ...filter, storeId: id === null ? null : Number(id) })}
        clearable
        w={180}
      />
    </Group>
  );
}
