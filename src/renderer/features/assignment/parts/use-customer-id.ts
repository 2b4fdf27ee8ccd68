import { useTranslation } from 'react-i18next';
import { isLocalId } from '#core/sync/local-ids.ts';

/** `ID 123`, or that the number follows for a customer whom head office does not have yet. */
export function useCustomerId(): (id: number) => string {
  const { t } = useTranslation(['assignment', 'work']);
  return (id) => (isLocalId(id) ? t('work:numberFollows') : t('assignment:customer.id', { id }));
}
