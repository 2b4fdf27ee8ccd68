import { Link } from 'wouter';
import classes from './LinkTabs.module.css';

interface LinkTabsProps {
  /** What they are parts of. */
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly name: string; readonly current: boolean }[];
}

/** The parts of a section, each at an address of its own. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  return (
    <nav aria-label={label} className={classes.nav}>
      <ul className={classes.list}>
        {tabs.map(({ href, name, current }) => (
          <li key={href}>
            <Link href={href} className={classes.link} aria-current={current ? 'page' : undefined}>
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
