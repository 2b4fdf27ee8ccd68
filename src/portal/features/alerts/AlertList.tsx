import { Button } from '@mantine/core';
import {
  IconAlertCircleFilled,
  IconAlertTriangleFilled,
  IconInfoCircleFilled,
  type TablerIcon,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Alert } from '#core/domain/portal.ts';
import { useBrand } from '../../brand.ts';
import { OutLink, useHasPage } from '../../components/OutLink.tsx';
import classes from './AlertList.module.css';
import { type AlertTone, actionOf, alertKey, toneOf } from './alerts.ts';
import { useAlertWords } from './use-alert-words.ts';

const shapes: Record<AlertTone, TablerIcon> = {
  bad: IconAlertCircleFilled,
  warn: IconAlertTriangleFilled,
  info: IconInfoCircleFilled,
};

/** The most pressing are seen without scrolling past them on a phone; the others wait behind a button. */
const AT_ONCE = 3;

interface AlertListProps {
  readonly alerts: readonly Alert[];
  /** Of the currency of monetary balances. */
  readonly currency: string;
}

/** What asks for the customer's attention, in central's order of urgency, each with the one thing to do about it. */
export function AlertList({ alerts, currency }: AlertListProps) {
  const { t } = useTranslation('alerts');
  const [all, setAll] = useState(false);
  if (alerts.length === 0) return null;
  const shown = all || alerts.length <= AT_ONCE + 1 ? alerts : alerts.slice(0, AT_ONCE);
  const more = alerts.length - shown.length;
  return (
    <section aria-label={t('title')} className={classes.alerts} data-part="alerts">
      <ul className={classes.list}>
        {shown.map((alert) => (
          <AlertItem key={alertKey(alert)} alert={alert} currency={currency} />
        ))}
      </ul>
      {more > 0 && (
        <button type="button" className={classes.more} onClick={() => setAll(true)}>
          {t('showAll', { count: more })}
        </button>
      )}
    </section>
  );
}

function AlertItem({ alert, currency }: { alert: Alert; currency: string }) {
  const { t } = useTranslation('alerts');
  const { title, text } = useAlertWords(currency)(alert);
  const tone = toneOf(alert);
  const Icon = shapes[tone];
  return (
    <li className={classes.alert} data-tone={tone} data-kind={alert.kind}>
      <Icon size={22} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <p className={classes.title}>
          <span className="visually-hidden">{t(`tone.${tone}`)}: </span>
          {title}
        </p>
        <p className={classes.text}>{text}</p>
      </div>
      <AlertAction alert={alert} title={title} />
    </li>
  );
}

function AlertAction({ alert, title }: { alert: Alert; title: string }) {
  const { t } = useTranslation('alerts');
  const { hidden } = useBrand();
  const hasSupport = useHasPage('support');
  const { key, href, hiddenBy } = actionOf(alert);
  const words = t(`action.${key}`);
  if (hiddenBy === undefined || !hiddenBy.some((element) => hidden.includes(element))) {
    return (
      <Button component={Link} href={href} variant="default" size="sm" aria-label={`${words}: ${title}`}>
        {words}
      </Button>
    );
  }
  // Where the operator hides the place, its people are the way.
  if (!hasSupport) return null;
  return (
    <OutLink to="support" variant="default" size="sm" label={`${t('action.support')}: ${title}`}>
      {t('action.support')}
    </OutLink>
  );
}
