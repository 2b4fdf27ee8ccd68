import { IconClockExclamation, IconClockHour4, IconDeviceDesktopCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DraftItem } from '#core/assignment/draft.ts';
import { useFormat, useNow } from '../../../format.tsx';
import classes from './HoldTimer.module.css';

/** Below this a hold is about to lapse. */
export const WARN_MS = 60_000;

/** Milliseconds left of a hold by central's clock; zero once it is over or was never there. The desk's own has no end. */
export function holdLeft({ hold, heldHere }: DraftItem, now: Date): number {
  if (heldHere) return Number.POSITIVE_INFINITY;
  return hold === null ? 0 : Math.max(0, new Date(hold.expiresAt).getTime() - now.getTime());
}

/** Time left of a hold, a warning in its last minute, the word for lapsed after it. */
export function HoldTimer({ item }: { item: DraftItem }) {
  const { t } = useTranslation('assignment');
  const { countdown } = useFormat();
  const left = holdLeft(item, useNow(1000));
  if (item.heldHere) {
    return (
      <span className={classes.timer} data-tone="quiet" title={t('hold.heldHereText')}>
        <IconDeviceDesktopCheck size={15} aria-hidden />
        {t('hold.heldHere')}
      </span>
    );
  }
  const tone = left === 0 ? 'bad' : left < WARN_MS ? 'warn' : 'quiet';
  const Icon = tone === 'quiet' ? IconClockHour4 : IconClockExclamation;
  return (
    <span className={classes.timer} data-tone={tone}>
      <Icon size={14} aria-hidden />
      {left === 0 ? (
        t('hold.lapsed')
      ) : (
        <>
          <span className="visually-hidden">{t('hold.left')}</span>
          <time className="tabular">{countdown(left)}</time>
        </>
      )}
    </span>
  );
}
