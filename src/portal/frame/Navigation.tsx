import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useBrand } from '../brand.ts';
import { sections } from '../routes.tsx';
import classes from './Navigation.module.css';

/** The way to every section: along the bottom on a phone, at the left on a desk. */
export function Navigation() {
  const { t } = useTranslation('common');
  const { hidden } = useBrand();
  const [location] = useLocation();
  const shown = sections.filter(({ hiddenBy }) => hiddenBy === null || !hidden.includes(hiddenBy));
  return (
    <nav className={classes.nav} aria-label={t('navigation')} data-part="navigation">
      <ul className={classes.list}>
        {shown.map(({ path, name, icon: Icon }) => (
          <li key={path} className={classes.item}>
            <Link
              href={path}
              className={classes.link}
              aria-current={location === path || location.startsWith(`${path}/`) ? 'page' : undefined}
            >
              <Icon size={22} stroke={1.7} aria-hidden />
              <span className={classes.word}>{t(`nav.${name}`)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
