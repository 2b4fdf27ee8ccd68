import {
  IconEye,
  IconHeadset,
  IconRobot,
  IconSettings,
  IconUser,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PortalActivity } from '#core/domain/portal.ts';
import { useFormat } from '../../format.ts';
import classes from './ActivityEntry.module.css';
import { useActivityWords } from './use-activity-words.ts';

const shapes: Record<PortalActivity['actor'], TablerIcon> = {
  you: IconUser,
  contact: IconUsers,
  staff: IconHeadset,
  program: IconRobot,
  system: IconSettings,
};

interface ActivityEntryProps {
  readonly entry: PortalActivity;
  /** With its day, where no heading says it. */
  readonly showsDay?: boolean;
}

/** One thing that happened: what, who, when. What staff did in the customer's name stands out, and says whose name it was. */
export function ActivityEntry({ entry, showsDay = false }: ActivityEntryProps) {
  const { t } = useTranslation('activity');
  const { time, moment } = useFormat();
  const { what, who } = useActivityWords()(entry);
  // What tells of the looking itself has it in its sentence, and by whom.
  const tellsOfLooking = entry.action.startsWith('impersonation.');
  const Icon = entry.impersonated ? IconEye : shapes[entry.actor];
  return (
    <li className={classes.entry} data-impersonated={entry.impersonated || undefined}>
      <span className={classes.icon} aria-hidden>
        <Icon size={18} />
      </span>
      <div className={classes.words}>
        {entry.impersonated && !tellsOfLooking && <p className={classes.flag}>{t('inYourName')}</p>}
        <p className={classes.what}>{what}</p>
        <p className={classes.by}>
          {!tellsOfLooking && <>{who} · </>}
          <time dateTime={entry.at}>{showsDay ? moment(entry.at, new Date()) : time(entry.at)}</time>
        </p>
      </div>
    </li>
  );
}
