import { Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useBrand } from '../brand.ts';
import { arrived } from './arrival.ts';
import classes from './Page.module.css';

interface PageProps {
  readonly title: string;
  /** Under the title: what the page is about, in one line. */
  readonly intro?: ReactNode;
  /** Beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page of the portal. Its heading is its name in the browser, and takes the focus when somebody comes from another page. */
export function Page({ title, intro, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { name } = useBrand();
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  useEffect(() => {
    if (arrived()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <>
      <div className={classes.head}>
        <div>
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {intro !== undefined && <p className={classes.intro}>{intro}</p>}
        </div>
        {actions}
      </div>
      {children}
    </>
  );
}
