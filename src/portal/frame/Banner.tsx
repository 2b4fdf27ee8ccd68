import { Button } from '@mantine/core';
import { IconEye, IconPencil } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImpersonationState } from '#core/domain/portal.ts';
import { api } from '../api.ts';
import { Problem } from '../components/Problem.tsx';
import { sessionOver } from '../door.ts';
import { useSetMe } from '../session.tsx';
import classes from './Banner.module.css';
import { TimeLeft } from './TimeLeft.tsx';

interface BannerProps {
  readonly state: ImpersonationState;
  readonly customerName: string;
}

/** Says all the time that staff look through the customer's eyes (IM-4): nothing of the page gets above it. */
export function Banner({ state, customerName }: BannerProps) {
  const { t } = useTranslation('impersonation');
  const [asking, setAsking] = useState(false);
  const setMe = useSetMe();
  const bar = useRef<HTMLElement>(null);
  usePushesDown(bar);
  const end = useMutation({ mutationFn: () => api.impersonation.end(), onSuccess: () => sessionOver('ended') });
  const allow = useMutation({
    mutationFn: () => api.impersonation.allowChanges(),
    onSuccess: (me) => {
      setMe(me);
      setAsking(false);
    },
  });
  const Mark = state.mayChange ? IconPencil : IconEye;
  return (
    <aside ref={bar} className={classes.banner} aria-label={t('label')} data-part="impersonation">
      <Mark size={22} aria-hidden className={classes.mark} />
      <p className={classes.words}>
        <strong>{t('viewing', { customer: customerName })}</strong> {t('by', { staff: state.staffName })}{' '}
        {t(state.mayChange ? 'changing' : 'reading')} <TimeLeft state={state} />
      </p>
      <div className={classes.buttons}>
        {!state.mayChange && !asking && (
          <Button size="sm" variant="white" color="dark" onClick={() => setAsking(true)}>
            {t('allow')}
          </Button>
        )}
        <Button size="sm" variant="white" color="dark" loading={end.isPending} onClick={() => end.mutate()}>
          {t('end')}
        </Button>
      </div>
      {asking && (
        <div className={classes.ask}>
          <p>{t('allowMeans', { customer: customerName })}</p>
          <Button size="sm" variant="white" color="dark" loading={allow.isPending} onClick={() => allow.mutate()}>
            {t('allowNow')}
          </Button>
          <Button size="sm" variant="white" color="dark" onClick={() => setAsking(false)}>
            {t('stayReading')}
          </Button>
        </div>
      )}
      {(end.isError || allow.isError) && <Problem error={end.error ?? allow.error} />}
    </aside>
  );
}

/** Keeps the page below the banner, however many lines it takes. */
function usePushesDown(bar: React.RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = bar.current;
    if (element === null) return;
    const { style } = document.documentElement;
    const watcher = new ResizeObserver(() => style.setProperty('--p-banner', `${element.offsetHeight}px`));
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      style.removeProperty('--p-banner');
    };
  }, [bar]);
}
