import { Badge, Button } from '@mantine/core';
import { IconArrowLeft, IconEye, IconEyeOff, IconPencil, IconRefresh } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortalView } from '#core/contract/desk/portal-view.ts';
import { useNow } from '../../clock.ts';
import { desk } from '../../desk.ts';
import { useLink } from '../../work/use-work.ts';
import { AllowChanges } from './AllowChanges.tsx';
import classes from './Banner.module.css';
import { useEndPortalView } from './use-portal-view.ts';

interface BannerProps {
  view: PortalView;
  /** Words in the place of what moves a built-in view. */
  children?: ReactNode;
}

/** Who is looked at, by whom, why and for how long; what may be done about it. Nothing ever stands over it. */
export function Banner({ view, children }: BannerProps) {
  const { t } = useTranslation('portal');
  const { impersonation } = view;
  const { contact, customer, staffName, reason, mayChange } = impersonation;
  const [asking, setAsking] = useState(false);
  const end = useEndPortalView(view);
  return (
    <section className={classes.banner} aria-label={t('banner.label', { name: contact.name })}>
      <IconEye size={22} className={classes.eye} aria-hidden />
      <div className={classes.words}>
        <p className={classes.who}>
          <span className={classes.quiet}>{t('banner.as')}</span> <strong dir="auto">{contact.name}</strong>
          <span className={classes.quiet}>
            {customer.name !== contact.name && (
              <>
                {' '}
                <bdi>{t('banner.of', { customer: customer.name })}</bdi>
              </>
            )}
            {' · '}
            {t('banner.customer', { id: customer.id })}
          </span>
        </p>
        <p className={classes.why}>
          <bdi>{t('banner.staff', { name: staffName })}</bdi>
          {' · '}
          <bdi title={reason}>{t('banner.reason', { reason })}</bdi>
        </p>
      </div>
      <Badge
        className={classes.mode}
        color={mayChange ? 'red' : 'gray'}
        size="lg"
        leftSection={mayChange ? <IconPencil size={14} aria-hidden /> : <IconEyeOff size={14} aria-hidden />}
      >
        {t(mayChange ? 'banner.changes' : 'banner.reading')}
      </Badge>
      <TimeLeft view={view} />
      <div className={classes.acts}>
        {children ?? <Moves />}
        {!mayChange && (
          <Button variant="default" size="compact-md" onClick={() => setAsking(true)}>
            {t('banner.allow')}
          </Button>
        )}
        <Button
          color="red.9"
          size="compact-md"
          data-portal-end
          loading={end.isPending}
          onClick={() => end.mutate(undefined)}
        >
          {t('banner.end')}
        </Button>
      </div>
      <AllowChanges name={contact.name} opened={asking} onClose={() => setAsking(false)} />
    </section>
  );
}

function Moves() {
  const { t } = useTranslation('portal');
  return (
    <>
      <Button
        variant="default"
        size="compact-md"
        aria-label={t('banner.back')}
        title={t('banner.back')}
        onClick={() => void desk.impersonation.act({ act: 'back' })}
      >
        <IconArrowLeft size={17} aria-hidden />
      </Button>
      <Button
        variant="default"
        size="compact-md"
        aria-label={t('banner.reload')}
        title={t('banner.reload')}
        onClick={() => void desk.impersonation.act({ act: 'reload' })}
      >
        <IconRefresh size={17} aria-hidden />
      </Button>
    </>
  );
}

const MINUTE_MS = 60_000;
/** When the end is read out. */
const TOLD_MINUTES = [5, 1];
/** So much idle time left is worth a word. */
const IDLE_SHOWN_MS = 3 * MINUTE_MS;

/** Minutes and seconds, never below zero. */
function clockText(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function TimeLeft({ view: { impersonation } }: { view: PortalView }) {
  const { t } = useTranslation('portal');
  const now = useNow().getTime();
  const isOnline = useLink()?.state !== 'offline';
  const left = new Date(impersonation.expiresAt).getTime() - now;
  const idle = new Date(impersonation.idleAt).getTime() - now;
  const minutes = Math.ceil(left / MINUTE_MS);
  return (
    <div className={classes.time}>
      <span role="timer" className="tabular" data-soon={left < 5 * MINUTE_MS || undefined}>
        {t('banner.left', { time: clockText(left) })}
      </span>
      {isOnline && idle < Math.min(left, IDLE_SHOWN_MS) && (
        <span className={`tabular ${classes.small}`}>{t('banner.idle', { time: clockText(idle) })}</span>
      )}
      {!isOnline && <span className={classes.small}>{t('banner.noLine')}</span>}
      <span className="visually-hidden" role="status">
        {TOLD_MINUTES.includes(minutes) ? t('banner.soon', { count: minutes }) : ''}
      </span>
    </div>
  );
}
