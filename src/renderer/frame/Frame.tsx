import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCentralClock } from '../clock.ts';
import { PortalScreen } from '../features/portal-view/PortalScreen.tsx';
import { TabBanner } from '../features/portal-view/TabBanner.tsx';
import { usePortalView } from '../features/portal-view/use-portal-view.ts';
import { Pages } from '../routes.tsx';
import { ScanRouter } from '../scan/scan-router.tsx';
import classes from './Frame.module.css';
import { FrameShortcuts } from './FrameShortcuts.tsx';
import { GlobalSearch } from './GlobalSearch.tsx';
import { JobNotices } from './JobNotices.tsx';
import { KeyboardMap } from './KeyboardMap.tsx';
import { LeavingGuard } from './LeavingGuard.tsx';
import { OutboxNotices } from './OutboxNotices.tsx';
import { Rail } from './Rail.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TopBar } from './TopBar.tsx';
import { useRouteFocus } from './use-route-focus.ts';

/** What is around every screen: rail, search and parked drafts above, the desk's state below. */
export function Frame(): ReactNode {
  const { t } = useTranslation('frame');
  const main = useRef<HTMLElement>(null);
  const portal = usePortalView();
  const isPortalShown = portal?.kind === 'built_in';
  useCentralClock();
  useRouteFocus(main);
  return (
    <ScanRouter>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {t('skip')}
      </button>
      <div className={classes.window}>
        {portal?.kind === 'tab' && <TabBanner view={portal} />}
        <div className={classes.frame}>
          {/* Below the portal nothing is to be reached: what is behind it stays as it is for afterwards. */}
          <div className={classes.desk} inert={isPortalShown}>
            <Rail />
            <TopBar />
            <main ref={main} className={classes.main} tabIndex={-1} id="content">
              <Pages />
            </main>
            <StatusBar />
          </div>
          {isPortalShown && <PortalScreen view={portal} />}
        </div>
      </div>
      <GlobalSearch />
      <KeyboardMap />
      <FrameShortcuts />
      <JobNotices />
      <OutboxNotices />
      <LeavingGuard />
    </ScanRouter>
  );
}
