import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { lapsedItems, missingOf } from '#core/assignment/steps.ts';
import { Kbd } from '../../../components/Kbd.tsx';
import { useNow } from '../../../format.tsx';
import { useIsEnrolled, useIsOffline } from '../../../work/use-work.ts';
import { HoldWatch } from '../ticket/HoldWatch.tsx';
import { NextAction } from '../ticket/NextAction.tsx';
import { Prices } from '../ticket/Prices.tsx';
import { useWizard } from '../wizard.ts';
import { Checks } from './Checks.tsx';
import classes from './Review.module.css';
import { usePreflight } from './use-preflight.ts';

/** Beside the review: what it costs, whether anything stands in the way, and the two ways out of it. */
export function ConfirmPanel() {
  const { t } = useTranslation('assignment');
  const { draft, confirm, discard, busy } = useWizard();
  const preflight = usePreflight(draft);
  const hasLapsed = lapsedItems(draft, useNow(1000)).length > 0;
  const failed = preflight.data?.checks.some(({ state }) => state === 'failed') ?? false;
  const isOffline = useIsOffline();
  const isEnrolled = useIsEnrolled();
  const savesHere = isOffline && isEnrolled;
  const isComplete = missingOf(draft).length === 0;
  return (
    <aside className={classes.panel} aria-label={t('review.confirmPanel')}>
      <div className={classes.total}>
        <Prices />
      </div>
      <HoldWatch />
      {isComplete ? <Checks preflight={preflight} /> : <NextAction />}
      <div className={classes.buttons}>
        {isComplete && savesHere && <span className={classes.advice}>{t('review.saveHereText')}</span>}
        {isComplete && (
          <Button
            size="md"
            fullWidth
            loading={busy.has('confirm')}
            disabled={hasLapsed || failed || (isOffline && !isEnrolled)}
            onClick={confirm}
            data-testid="confirm"
          >
            {t(savesHere ? 'review.saveHere' : 'review.confirm')}
          </Button>
        )}
        <Button variant="default" fullWidth loading={busy.has('discard')} onClick={discard}>
          {t('review.cancel')}
        </Button>
        {isComplete && (
          <span className={classes.keys}>
            <Kbd keys="Ctrl+Enter" /> {t('keys.confirm')}
          </span>
        )}
      </div>
    </aside>
  );
}
