import { useIntersection } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';

/** How far below the window somebody is who will soon be here. */
const NEAR = '300px';

interface WhenNearProps {
  /** Kept free until then, in px. */
  readonly height: number;
  readonly children: ReactNode;
}

/** What is costly to draw, once somebody comes near it: the start of the page does not wait for what is far below. */
export function WhenNear({ height, children }: WhenNearProps) {
  const { ref, entry } = useIntersection({ rootMargin: NEAR });
  const [wasNear, setWasNear] = useState(false);
  if (entry?.isIntersecting && !wasNear) setWasNear(true);
  return wasNear ? children : <div ref={ref} style={{ minHeight: height }} />;
}
