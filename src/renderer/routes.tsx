import { Button } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { parse } from 'regexparam';
import { Link, Route, Switch, useLocation } from 'wouter';
import { EmptyState } from './components/EmptyState.tsx';
import { LoadingRows } from './components/LoadingRows.tsx';
import { PageHeader } from './components/PageHeader.tsx';
import { PageBoundary } from './frame/PageBoundary.tsx';
import { latePage, Shown } from './late-page.tsx';

const routes = [
  ['/', latePage(async () => (await import('./features/home/HomePage.tsx')).HomePage)],
  [
    '/catalogue/:addonFor?',
    latePage(async () => (await import('./features/catalogue/CataloguePage.tsx')).CataloguePage),
  ],
  ['/customers', latePage(async () => (await import('./features/customers/CustomersPage.tsx')).CustomersPage)],
  [
    '/customers/new/:text?',
    latePage(async () => (await import('./features/customers/NewCustomerPage.tsx')).NewCustomerPage),
  ],
  ['/customers/:id/:tab?', latePage(async () => (await import('./features/customers/CustomerPage.tsx')).CustomerPage)],
  ['/services/:id', latePage(async () => (await import('./features/services/ServicePage.tsx')).ServicePage)],
  [
    '/assign/:draftId/:step?',
    latePage(async () => (await import('./features/assignment/AssignmentPage.tsx')).AssignmentPage),
  ],
  ['/inventory', latePage(async () => (await import('./features/inventory/InventoryPage.tsx')).InventoryPage)],
  ['/inventory/items/:id', latePage(async () => (await import('./features/inventory/ItemPage.tsx')).ItemPage)],
  ['/inventory/imports/:id?', latePage(async () => (await import('./features/inventory/ImportPage.tsx')).ImportPage)],
  ['/inventory/receive', latePage(async () => (await import('./features/inventory/ReceivePage.tsx')).ReceivePage)],
  ['/provisioning', latePage(async () => (await import('./features/provisioning/QueuePage.tsx')).QueuePage)],
  ['/provisioning/:id', latePage(async () => (await import('./features/provisioning/JobPage.tsx')).JobPage)],
  ['/orders/:id', latePage(async () => (await import('./features/orders/OrderPage.tsx')).OrderPage)],
  ['/devices', latePage(async () => (await import('./features/devices/DevicesPage.tsx')).DevicesPage)],
  ['/outbox', latePage(async () => (await import('./features/outbox/OutboxPage.tsx')).OutboxPage)],
  ['/settings/:section?', latePage(async () => (await import('./features/settings/SettingsPage.tsx')).SettingsPage)],
] as const;

/** Reads the page of a place. */
export async function readAhead(place: string): Promise<void> {
  const route = routes.find(([path]) => parse(path).pattern.test(place));
  // What can't be read is asked for again when it is opened, and told then.
  await route?.[1].read().catch(() => undefined);
}

/** Reads the other pages while nobody waits for anything, one at a time. */
function useReadAhead(): void {
  useEffect(() => {
    let waiting = 0;
    let isOver = false;
    const readFrom = (index: number) => {
      const page = routes[index]?.[1];
      if (page === undefined || isOver) return;
      waiting = requestIdleCallback(() => {
        void page
          .read()
          .catch(() => undefined)
          .then(() => readFrom(index + 1));
      });
    };
    readFrom(0);
    return () => {
      isOver = true;
      cancelIdleCallback(waiting);
    };
  }, []);
}

/** Which page a place shows. */
export function Pages() {
  const [place] = useLocation();
  useReadAhead();
  return (
    <PageBoundary place={place}>
      <Suspense fallback={<LoadingRows />}>
        <Switch>
          {routes.map(([path, page]) => (
            <Route key={path} path={path}>
              <Shown page={page} />
            </Route>
          ))}
          <Route>
            <NoSuchPage />
          </Route>
        </Switch>
      </Suspense>
    </PageBoundary>
  );
}

function NoSuchPage() {
  const { t } = useTranslation('frame');
  return (
    <>
      <PageHeader title={t('noPage.title')} />
      <EmptyState
        title={t('noPage.text')}
        action={
          <Button component={Link} href="/">
            {t('noPage.home')}
          </Button>
        }
      />
    </>
  );
}
