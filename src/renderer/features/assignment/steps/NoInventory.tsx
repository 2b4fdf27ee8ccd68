import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState.tsx';

/** PA-11: nothing to choose from, with the three causes; a search without result says only that. */
export function NoInventory({ name, searched }: { name: string; searched: string }) {
  const { t } = useTranslation('assignment');
  if (searched !== '')
    return <EmptyState title={t('inventory.noMatch', { name, text: searched })} text={t('inventory.noMatchText')} />;
  return (
    <EmptyState
      title={t('inventory.none.title', { name })}
      causes={[t('inventory.none.stock'), t('inventory.none.status'), t('inventory.none.template', { name })]}
    />
  );
}
