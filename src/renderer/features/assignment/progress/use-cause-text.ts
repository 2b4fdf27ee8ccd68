import { useTranslation } from 'react-i18next';
import type { Task } from '#core/domain/provisioning.ts';

export interface CauseText {
  /** What happened. */
  readonly title: string;
  /** What it means for the customer. */
  readonly meaning: string;
  /** What to do now. */
  readonly advice: string;
}

/** Why a task failed, in shop language; a code without words of its own gets the general ones. */
export function useCauseText(): (error: NonNullable<Task['error']>) => CauseText {
  const { t } = useTranslation('errors');
  return ({ code, data }) => {
    const say = (part: keyof CauseText): string => t([`task.${code}.${part}`, `task.internal.${part}`] as never, data as never);
    return { title: say('title'), meaning: say('meaning'), advice: say('advice') };
  };
}
