import { type RefObject, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';

/** Spread on the element where a page's main act begins: its search field, its Confirm. Focus lands there. */
export const mainAct = { 'data-main-act': true } as const;

/** A page whose rows come over a slow line still begins at its main act. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 30;

/** The first match that can be seen: while a page is on its way, the one before it is still there, hidden. */
function visible(area: HTMLElement, selector: string): HTMLElement | undefined {
  return [...area.querySelectorAll<HTMLElement>(selector)].find((element) => element.checkVisibility());
}

/**
 * After going to another page, moves the focus to the page's main act, else to its title. Pages and their data come
 * late, so it waits a little, and gives up as soon as somebody moves the focus by themselves.
 */
export function useRouteFocus(main: RefObject<HTMLElement | null>): void {
  const [location] = useLocation();
  // The tabs of a page and the steps of a draft are places inside it: `/customers/12/services` is `/customers/12`.
  const page = location.split('/').slice(0, 3).join('/');
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every other page is landed on anew
  useEffect(() => {
    const area = main.current;
    if (area === null) return;
    if (!first.current) area.scrollTop = 0;
    first.current = false;
    const before = document.activeElement;
    const land = (): boolean => {
      // A dialogue keeps the focus: one that closes gives it back, one that somebody opened meanwhile has it.
      if (document.querySelector('[aria-modal="true"]') !== null) return false;
      const now = document.activeElement;
      const moved = now !== before && now !== document.body && now?.tagName !== 'H1' && area.contains(now);
      if (moved) return true;
      const act = visible(area, '[data-main-act]');
      act?.focus({ preventScroll: true });
      return act !== undefined;
    };
    const toTitle = () => {
      if (document.activeElement === document.body) visible(area, 'h1')?.focus({ preventScroll: true });
    };
    if (land()) return;
    toTitle();
    const deadline = Date.now() + PATIENCE_MS;
    const timer = setInterval(() => {
      if (land() || Date.now() > deadline) clearInterval(timer);
      else toTitle();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [main, page]);
}
