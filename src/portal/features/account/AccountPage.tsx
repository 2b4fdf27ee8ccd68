import { useTranslation } from 'react-i18next';
import { Link, Route, Switch, useLocation } from 'wouter';
import { NotFound } from '../../frame/NotFound.tsx';
import { useShown } from '../../session.tsx';
import classes from './AccountPage.module.css';
import { ApiPage } from './ApiPage.tsx';
import { DetailsPage } from './DetailsPage.tsx';
import { NotificationsPage } from './NotificationsPage.tsx';
import { SecurityPage } from './SecurityPage.tsx';

const parts = [
  { path: '/account', name: 'details' },
  { path: '/account/notifications', name: 'notifications' },
  { path: '/account/security', name: 'security' },
  { path: '/account/api', name: 'api' },
] as const;

/** The account in its parts, each with an address of its own. */
export function AccountPage() {
  const { t } = useTranslation('account');
  const [location] = useLocation();
  const showsApi = useShown('api_access');
  const shown = parts.filter(({ name }) => name !== 'api' || showsApi);
  return (
    <>
      <nav aria-label={t('sections')} className={classes.parts}>
        <ul>
          {shown.map(({ path, name }) => (
            <li key={path}>
              <Link href={path} aria-current={location === path ? 'page' : undefined}>
                {t(`tab.${name}`)}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Switch>
        <Route path="/account" component={DetailsPage} />
        <Route path="/account/notifications" component={NotificationsPage} />
        <Route path="/account/security" component={SecurityPage} />
        {showsApi && <Route path="/account/api" component={ApiPage} />}
        <Route component={NotFound} />
      </Switch>
    </>
  );
}
