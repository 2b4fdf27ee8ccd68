import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState.tsx';

interface NoInventoryProps {
  name: string;
  searched: string;
  /** What else to try, as a key of the catalogue. */
  hint: 'inventory.noMatchText' | 'number.noMatchText';
}

/** PA-11: nothing to choose from, with the three causes; a search without result says only that. */
export function NoInventory({ name, searched, hint }: NoInventoryProps) {
  const { t } = useTranslation('assignment');
  if (searched !== '') return <EmptyState title={t('inventory.noMatch', { name, text: searched })} text={t(hint)} />;
  return (
    <EmptyState
      title={t('inventory.none.title', { name })}
      causes={[t('inventory.none.stock'), t('inventory.none.status'), t('inventory.none.template', { name })]}
    />
  );
}
