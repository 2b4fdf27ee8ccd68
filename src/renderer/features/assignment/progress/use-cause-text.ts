import { useTranslation } from 'react-i18next';
import type { Task } from '#core/domain/provisioning.ts';

export interface CauseText {
  /** What happened. */
  readonly title: string;
  /** What it means for the customer. */
  readonly meaning: string;
  /** What to do now. */
  readonly advice: string;
  readonly technical: string;
}

/** Why a task failed, in shop language; a code without words of its own gets the general ones. */
export function useCauseText(): (task: Pick<Task, 'uses' | 'error'>) => CauseText {
  const { t } = useTranslation('errors');
  return ({ uses, error }) => {
    const name = uses.split('.')[0] ?? uses;
    const connector = t(`connectors.${name}`, { defaultValue: name });
    const code = error?.code ?? 'unknown';
    const say = (part: 'title' | 'meaning' | 'advice'): string =>
      t([`task.${code}.${part}`, `task.unknown.${part}`], { ...error?.data, connector });
    return {
      title: say('title'),
      meaning: say('meaning'),
      advice: say('advice'),
      technical: error?.technical ?? '',
    };
  };
}
