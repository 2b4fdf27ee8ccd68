import { useLayoutEffect, useRef } from 'react';
import { Link } from 'wouter';
import classes from './LinkTabs.module.css';

interface LinkTabsProps {
  /** What they are parts of. */
  readonly label: string;
  readonly tabs: readonly { readonly href: string; readonly name: string; readonly current: boolean }[];
}

/** The parts of a section, each at an address of its own. */
export function LinkTabs({ label, tabs }: LinkTabsProps) {
  const list = useRef<HTMLUListElement>(null);
  const current = tabs.find((tab) => tab.current)?.href;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is current
  useLayoutEffect(() => {
    const link = list.current?.querySelector<HTMLElement>('[aria-current]');
    // The middle of the list; not scrollIntoView, which moves the page as well.
    if (list.current && link)
      list.current.scrollLeft = link.offsetLeft + (link.offsetWidth - list.current.offsetWidth) / 2;
  }, [current]);
  return (
    <nav aria-label={label} className={classes.nav}>
      <ul className={classes.list} ref={list}>
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
