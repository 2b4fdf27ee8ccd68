import { IconDots } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useBrand } from '../brand.ts';
import { type Section, sections } from '../routes.tsx';
import classes from './Navigation.module.css';

/** Sections that a phone shows at once; the others are behind "More". */
const AT_ONCE = 4;

/** The way to every section: along the bottom on a phone, at the left where there is room. */
export function Navigation() {
  const { t } = useTranslation('common');
  const { hidden } = useBrand();
  const shown = sections.filter(({ hiddenBy }) => hiddenBy === null || !hidden.includes(hiddenBy));
  const hasMore = shown.length > AT_ONCE + 1;
  return (
    <nav className={classes.nav} aria-label={t('navigation')} data-part="navigation">
      <ul className={classes.list}>
        {shown.map((section, at) => (
          <li key={section.path} className={classes.item} data-later={(hasMore && at >= AT_ONCE) || undefined}>
            <SectionLink section={section} />
          </li>
        ))}
        {hasMore && <More sections={shown.slice(AT_ONCE)} />}
      </ul>
    </nav>
  );
}

const isAt = (location: string, { path }: Section) => location === path || location.startsWith(`${path}/`);

function SectionLink({ section, onGo }: { section: Section; onGo?: () => void }) {
  const { t } = useTranslation('common');
  const [location] = useLocation();
  const { path, name, icon: Icon } = section;
  return (
    <Link
      href={path}
      className={classes.link}
      aria-current={isAt(location, section) ? 'page' : undefined}
      onClick={onGo}
    >
      <Icon size={22} stroke={1.7} aria-hidden />
      <span className={classes.word}>{t(`nav.${name}`)}</span>
    </Link>
  );
}

/** On a phone: the other sections, above the bar. Escape and a way chosen close it. */
function More({ sections: later }: { sections: readonly Section[] }) {
  const { t } = useTranslation('common');
  const [location] = useLocation();
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLLIElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false);
    };
    const close = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return;
      setOpen(false);
      box.current?.querySelector('button')?.focus();
    };
    addEventListener('pointerdown', leave);
    addEventListener('focusin', leave);
    addEventListener('keydown', close);
    return () => {
      removeEventListener('pointerdown', leave);
      removeEventListener('focusin', leave);
      removeEventListener('keydown', close);
    };
  }, [isOpen]);
  return (
    <li ref={box} className={classes.more}>
      <button
        type="button"
        className={classes.link}
        aria-expanded={isOpen}
        aria-controls={id}
        data-within={later.some((section) => isAt(location, section)) || undefined}
        onClick={() => setOpen(!isOpen)}
      >
        <IconDots size={22} stroke={1.7} aria-hidden />
        <span className={classes.word}>{t('more')}</span>
      </button>
      <ul id={id} className={classes.sheet} hidden={!isOpen}>
        {later.map((section) => (
          <li key={section.path}>
            <SectionLink section={section} onGo={() => setOpen(false)} />
          </li>
        ))}
      </ul>
    </li>
  );
}
