import { Button, Center, Loader, Text } from '@mantine/core';
import { IconEyeX, IconPlugConnectedX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PortalView } from '#core/contract/desk/portal-view.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { desk } from '../../desk.ts';
import { useDeskEvent } from '../../events.tsx';
import { useNotify } from '../../notify.tsx';
import { useScanTarget } from '../../scan/scan-router.tsx';
import { type Shortcut, useShortcut } from '../../shortcuts.tsx';
import { Banner } from './Banner.tsx';
import classes from './PortalScreen.module.css';
import { useEndPortalView } from './use-portal-view.ts';
import { useViewPlace } from './use-view-place.ts';

/** The portal in the desk's window: the banner, and below it the room for the shell's own view. */
export function PortalScreen({ view }: { view: PortalView }) {
  return (
    <section className={classes.screen}>
      {view.impersonation.endedAt === null ? <Living view={view} /> : <Over view={view} />}
    </section>
  );
}

function Living({ view }: { view: PortalView }) {
  const { t } = useTranslation('portal');
  const end = useEndPortalView(view);
  useKeys(() => end.mutate(undefined));
  useGuards();
  const focusEnd = () => document.querySelector<HTMLElement>('[data-portal-end]')?.focus();
  useDeskEvent('portalFocus', focusEnd);
  useEffect(() => {
    // Whoever came by keyboard is not left on a button that is covered now.
    document.querySelector<HTMLElement>('[data-portal-end]')?.focus();
  }, []);
  return (
    <>
      <Banner view={view} />
      {view.page === 'failed' ? (
        <Center flex={1}>
          <EmptyState
            icon={<IconPlugConnectedX size={24} />}
            title={t('failed.title')}
            text={t('failed.text')}
            action={
              <Button onClick={() => void desk.impersonation.act({ act: 'reload' })}>{t('banner.reload')}</Button>
            }
          />
        </Center>
      ) : (
        <Room />
      )}
    </>
  );
}

function Room() {
  const { t } = useTranslation('portal');
  const room = useRef<HTMLDivElement>(null);
  useViewPlace(room);
  return (
    <div ref={room} className={classes.room}>
      <Loader size="sm" aria-hidden />
      <Text size="sm" c="dimmed" role="status">
        {t('banner.loading')}
      </Text>
    </div>
  );
}

const TWICE_MS = 1_000;
/** The keys of the frame would move pages that nobody sees. */
const HELD: readonly Shortcut[] = ['Ctrl+K', 'F2', 'F3', 'F4', 'Ctrl+Enter'];

/** The same keys as in the view itself: F6 goes between the two, Escape twice or Ctrl+Shift+E ends. */
function useKeys(end: () => void): void {
  const escapedAt = useRef(Number.NEGATIVE_INFINITY);
  useShortcut('F6', () => void desk.impersonation.act({ act: 'focus' }));
  useShortcut('Ctrl+Shift+E', end);
  useShortcut('Escape', (event) => {
    if (document.querySelector('[role="dialog"]') !== null) return false;
    const isTwice = event.timeStamp - escapedAt.current < TWICE_MS;
    escapedAt.current = event.timeStamp;
    if (isTwice) end();
    return true;
  });
  useHeld(HELD[0]);
  useHeld(HELD[1]);
  useHeld(HELD[2]);
  useHeld(HELD[3]);
  useHeld(HELD[4]);
}

function useHeld(key: Shortcut = 'F2'): void {
  useShortcut(key, () => true);
}

/** A scan goes nowhere meanwhile, and what the view refused is said. */
function useGuards(): void {
  const { t } = useTranslation('portal');
  const notify = useNotify();
  useScanTarget(() => {
    notify.show({ id: 'portal-scan', tone: 'bad', title: t('scan.title'), text: t('scan.text') });
    return 'refused';
  });
  useDeskEvent('portalBlocked', ({ blocked: { kind, target } }) => {
    const what = t(`blocked.kind.${kind}`);
    notify.show({
      id: 'portal-blocked',
      tone: 'bad',
      title: t('blocked.title'),
      text: t('blocked.text', { what, target }),
    });
  });
}

/** Why it is over, for as long as it takes to read. */
function Over({ view }: { view: PortalView }): ReactNode {
  const { t } = useTranslation('portal');
  const end = useEndPortalView(view);
  const back = useRef<HTMLButtonElement>(null);
  useShortcut('Escape', () => end.mutate(undefined));
  useEffect(() => back.current?.focus(), []);
  return (
    <Center flex={1} role="alert">
      <EmptyState
        icon={<IconEyeX size={24} />}
        title={t('over.title')}
        text={t(`over.why.${view.impersonation.endReason ?? 'ended'}`)}
        action={
          <Button ref={back} loading={end.isPending} onClick={() => end.mutate(undefined)}>
            {t('over.back')}
          </Button>
        }
      />
    </Center>
  );
}
