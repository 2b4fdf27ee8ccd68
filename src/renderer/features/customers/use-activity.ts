import { useTranslation } from 'react-i18next';
import type { Activity } from '#core/domain/customer.ts';

/** The fields of a change, in words: `name, phone`. */
function useChangedFields() {
  const { t } = useTranslation('customers');
  return (detail: Activity['detail']) =>
    Object.keys(detail)
      .map((field) => t(`field.${field}`, { defaultValue: field }))
      .join(', ');
}

/** What happened, in words; an action without words of its own is shown as central names it. */
export function useActivityWords() {
  const { t } = useTranslation('customers');
  const fieldsOf = useChangedFields();
  return ({ action, detail, subject }: Activity): string => {
    const name = typeof detail.name === 'string' ? detail.name : '';
    const label = typeof detail.label === 'string' ? detail.label : '';
    const key = `activity.${action.replace('.', '_')}`;
    return t(key, { name, label, fields: fieldsOf(detail), id: subject.id, defaultValue: action });
  };
}
