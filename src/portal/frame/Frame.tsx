import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useBrand } from '../brand.ts';
import { Boundary } from '../components/Boundary.tsx';
import { PageLoading } from '../components/PageLoading.tsx';
import { Part } from '../components/Part.tsx';
import { pages } from '../routes.tsx';
import { useMe } from '../session.tsx';
import { Banner } from './Banner.tsx';
import { isInOtherPage } from './Boot.tsx';
import classes from './Frame.module.css';
import { Navigation } from './Navigation.tsx';
import { NotFound } from './NotFound.tsx';
import { Offline } from './Offline.tsx';
import { TopBar } from './TopBar.tsx';
import { useWorker } from './use-worker.ts';

/** The portal around its pages: banner, bar, navigation, and the page. Without the bar where another page has one. */
export function Frame({ isFramed = isInOtherPage }: { isFramed?: boolean }) {
  const { t } = useTranslation('common');
  const { hidden } = useBrand();
  const me = useMe();
  useWorker(me.mode);
  useScrollToTop();
  return (
    <>
      <a href="#content" className={classes.skip}>
        {t('skip')}
      </a>
      {me.impersonation !== null && !me.impersonation.inDesk && (
        <Banner state={me.impersonation} customerName={me.customer.name} />
      )}
      <div className={classes.stage}>
        <div className={classes.frame} id="portal-page" data-mode={me.mode} data-framed={isFramed || undefined}>
          {!isFramed && <TopBar />}
          <Navigation />
          <main id="content" className={classes.content} tabIndex={-1}>
            <Offline />
            <Boundary>
              <Suspense fallback={<PageLoading />}>
                <Switch>
                  <Route path="/">
                    <Redirect to="/dashboard" replace />
                  </Route>
                  <Route path="/sign-in">
                    <Redirect to="/dashboard" replace />
                  </Route>
                  {pages
                    .filter(({ hiddenBy }) => hiddenBy === undefined || !hidden.includes(hiddenBy))
                    .map(({ path, load }) => (
                      <Route key={path} path={path}>
                        <Part load={load} props={{}} />
                      </Route>
                    ))}
                  <Route>
                    <NotFound />
                  </Route>
                </Switch>
              </Suspense>
            </Boundary>
          </main>
        </div>
      </div>
    </>
  );
}

/** Another page begins at its top; the first one where the browser left it. */
function useScrollToTop(): void {
  const [location] = useLocation();
  const last = useRef(location);
  useEffect(() => {
    if (last.current === location) return;
    last.current = location;
    scrollTo(0, 0);
  }, [location]);
}
