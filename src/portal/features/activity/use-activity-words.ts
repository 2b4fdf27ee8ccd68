import { useTranslation } from 'react-i18next';
import type { PortalActivity } from '#core/domain/portal.ts';
import { textKey } from './text-key.ts';

/** What happened and who did it, in words. */
export function useActivityWords(): (entry: PortalActivity) => { what: string; who: string } {
  const { t } = useTranslation('activity');
  return (entry) => {
    const { actor, actorName, detail } = entry;
    const who = actorName === null ? t(`who.${actor}`) : t(`whoNamed.${actor}`, { name: actorName });
    const key: string = textKey(entry);
    return { what: t([`action.${key}`, 'action.other'], { ...detail, who, fields: fieldsOf(detail.fields) }), who };
  };

  /** Names of what was changed, as a list in words. */
  function fieldsOf(fields: PortalActivity['detail'][string] | undefined): string {
    const names = typeof fields === 'string' && fields !== '' ? fields.split(',') : [];
    return names.map((name) => t([`field.${name}`, 'field.other'])).join(', ');
  }
}
