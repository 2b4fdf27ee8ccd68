import { Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { useBrand } from '../../brand.ts';
import { arrived } from '../../components/arrival.ts';
import classes from './Entrance.module.css';

interface EntrancePageProps {
  readonly title: string;
  readonly text?: string;
  readonly children?: ReactNode;
}

/** One card of the entrance. Its heading takes the focus when somebody comes to it from another. */
export function EntrancePage({ title, text, children }: EntrancePageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { name } = useBrand();
  useEffect(() => {
    document.title = `${title} · ${name}`;
  }, [title, name]);
  useEffect(() => {
    if (arrived()) heading.current?.focus();
  }, []);
  return (
    <>
      <Title order={1} ref={heading} tabIndex={-1}>
        {title}
      </Title>
      {text !== undefined && <p className={classes.text}>{text}</p>}
      {children}
    </>
  );
}
