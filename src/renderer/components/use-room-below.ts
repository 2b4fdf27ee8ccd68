import { type RefObject, useLayoutEffect, useState } from 'react';

const MARGIN = 24;
const LEAST = 240;

/**
 * The height in px from an element's top to the bottom of the page's scrolled area, so that a list fills what is left
 * and only the list scrolls. At least 240.
 */
export function useRoomBelow(element: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(LEAST);
  useLayoutEffect(() => {
    const area = element.current?.closest('main');
    if (!area) return;
    const measure = () => {
      if (element.current === null) return;
      const above = element.current.getBoundingClientRect().top - area.getBoundingClientRect().top + area.scrollTop;
      setRoom(Math.max(LEAST, Math.floor(area.clientHeight - above - MARGIN)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(area);
    for (const child of area.children) observer.observe(child);
    return () => observer.disconnect();
  }, [element]);
  return room;
}
