import { useTranslation } from 'react-i18next';
import { isLocalId } from '#core/sync/local-ids.ts';

/** A customer's number as people say it, `#123`; one that head office has not numbered yet has none to show. */
export function useNumber(): (id: number) => string {
  const { t } = useTranslation('work');
  return (id) => (isLocalId(id) ? t('numberFollows') : `#${id}`);
}
