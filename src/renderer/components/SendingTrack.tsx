import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMachineNow } from '../clock.ts';
import { useFormat } from '../format.tsx';
import type { TrackStep } from '../work/track.ts';
import classes from './SendingTrack.module.css';

const marks = { done: IconCheck, stopped: IconX, ended: IconMinus } as const;

/** Where a piece of work is on its way: Saved here, Accepted, Live. `large` adds when each was reached. */
export function SendingTrack({ steps, large = false }: { steps: readonly TrackStep[]; large?: boolean }) {
  const { t } = useTranslation('work');
  const { moment } = useFormat();
  const now = useMachineNow(60_000);
  // On its way to being live is not live.
  const reached = steps.findLast(({ word, state }) => state !== 'open' && !(word === 'live' && state === 'now'));
  const whole = (word: TrackStep['word']) => (large ? t([`track.${word}Long`, `track.${word}`]) : t(`track.${word}`));
  return (
    <ol
      className={classes.track}
      data-large={large || undefined}
      aria-label={t('track.label', { state: reached ? t(`track.${reached.word}`) : '' })}
    >
      {steps.map(({ word, state, at }) => {
        const Mark = state === 'done' || state === 'stopped' || state === 'ended' ? marks[state] : null;
        return (
          <li key={word} className={classes.step} data-state={state}>
            <span className={classes.mark} aria-hidden>
              {Mark && <Mark size={large ? 15 : 11} stroke={3} />}
            </span>
            <span className={classes.words}>
              <span>{whole(word)}</span>
              {large && (
                <span className={classes.when}>
                  {at ? moment(at, now) : state === 'open' ? t('track.notYet') : state === 'now' ? t('track.now') : ''}
                </span>
              )}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
