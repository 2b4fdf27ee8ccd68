import { Button, type ButtonProps } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Redirect } from '#core/domain/portal.ts';
import { useBrand } from '../brand.ts';
import { type LinkFacts, redirectTo } from './redirect-to.ts';

interface OutLinkProps extends Pick<ButtonProps, 'variant' | 'size'> {
  readonly to: Redirect;
  /** What it is about, so that the operator's page need not ask again. */
  readonly about?: LinkFacts;
  readonly label?: string;
  readonly children: ReactNode;
}

/** The way to the operator's own page for something; nothing where the operator has none. */
export function OutLink({ to, about = {}, label, children, ...look }: OutLinkProps) {
  const address = useBrand().redirects[to];
  if (address === undefined) return null;
  return (
    <Button
      {...look}
      component="a"
      href={redirectTo(address, about)}
      // Out of the operator's own frame, too: a page to pay on shows nobody its address from inside of one.
      target="_top"
      rel="noopener"
      aria-label={label}
      rightSection={<IconExternalLink size={18} aria-hidden />}
    >
      {children}
    </Button>
  );
}

/** Whether the operator has a page of its own for something. */
export function useHasPage(to: Redirect): boolean {
  return useBrand().redirects[to] !== undefined;
}
