import { Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  IconArrowsExchange,
  IconHome,
  IconLayoutGrid,
  IconPackage,
  IconSettings,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { hasPermission } from '#core/domain/granted.ts';
import type { Permission } from '#core/domain/user.ts';
import { Kbd } from '../components/Kbd.tsx';
import icon from '../icon.svg';
import { useUser } from '../session.tsx';
import classes from './Rail.module.css';

interface Place {
  readonly key: 'home' | 'catalogue' | 'customers' | 'inventory' | 'provisioning' | 'settings';
  readonly href: string;
  readonly icon: TablerIcon;
  readonly keys?: string;
  readonly needs?: Permission;
}

const places: readonly Place[] = [
  { key: 'home', href: '/', icon: IconHome },
  { key: 'catalogue', href: '/catalogue', icon: IconLayoutGrid },
  { key: 'customers', href: '/customers', icon: IconUsers, keys: 'F3', needs: 'view_customer' },
  { key: 'inventory', href: '/inventory', icon: IconPackage, keys: 'F4', needs: 'view_inventory' },
  { key: 'provisioning', href: '/provisioning', icon: IconArrowsExchange, needs: 'provision' },
  { key: 'settings', href: '/settings', icon: IconSettings },
];

/** The places of the desk that this person may see. A service belongs to the customers, an order to the provisioning. */
export function Rail() {
  const { t } = useTranslation('frame');
  const [location] = useLocation();
  const user = useUser();
  const narrow = useMediaQuery('(max-width: 1180px)', false, { getInitialValueInEffect: false });
  const current = placeOf(location);
  return (
    <nav className={classes.rail} aria-label={t('rail.label')}>
      <Link href="/" className={classes.brand}>
        <img src={icon} alt="" width={28} height={28} />
        <span className={classes.name}>{t('name')}</span>
      </Link>
      {places
        .filter(({ needs }) => needs === undefined || hasPermission(user.permissions, needs))
        .map(({ key, href, icon: Icon, keys }) => (
          <Tooltip
            key={key}
            position="right"
            openDelay={narrow ? 100 : 700}
            disabled={!narrow && keys === undefined}
            label={
              <span className={classes.tip}>
                {t(`rail.${key}`)} {keys && <Kbd keys={keys} />}
              </span>
            }
          >
            <Link
              href={href}
              className={classes.place}
              data-last={key === 'settings' || undefined}
              aria-current={current === key ? 'page' : undefined}
            >
              <Icon size={20} stroke={1.7} aria-hidden />
              <span className={classes.label}>{t(`rail.${key}`)}</span>
            </Link>
          </Tooltip>
        ))}
    </nav>
  );
}

function placeOf(location: string): Place['key'] | null {
  const first = location.split('/')[1] ?? '';
  if (first === '') return 'home';
  if (first === 'services') return 'customers';
  if (first === 'orders') return 'provisioning';
  if (first === 'devices') return 'settings';
  return places.find(({ key }) => key === first)?.key ?? null;
}
