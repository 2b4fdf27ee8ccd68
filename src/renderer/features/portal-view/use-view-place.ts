import { type RefObject, useEffect } from 'react';
import type { ViewPlace } from '#core/contract/desk/portal-view.ts';
import { desk } from '../../desk.ts';

const GAP = 8;
/** What stands before the page until it is closed; the view, which no page can cover, makes room for it. */
const DIALOGUES = '[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]:not([hidden])';
const NOTICES = '.mantine-Notification-root';

/** Where there is room for the view now; null while a dialogue of the desk is open. */
function placeFor(room: HTMLElement): ViewPlace | null {
  const isCovered = [...document.querySelectorAll<HTMLElement>(DIALOGUES)].some(
    (dialogue) => dialogue.getClientRects().length > 0,
  );
  if (isCovered) return null;
  const { x, y, width, bottom } = room.getBoundingClientRect();
  const tops = [...document.querySelectorAll(NOTICES)].map((notice) => notice.getBoundingClientRect());
  const free = tops.filter(({ height }) => height > 0).map(({ top }) => top - GAP);
  return { x, y, width, height: Math.max(0, Math.min(bottom, ...free) - y) };
}

/** Tells the shell, whenever it changes, where the view goes: over `room`, but over no dialogue and no notice. */
export function useViewPlace(room: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = room.current;
    if (element === null) return;
    let last = '';
    let asked = 0;
    const place = () => {
      asked = 0;
      const next = placeFor(element);
      const text = JSON.stringify(next);
      if (text === last) return;
      last = text;
      void desk.impersonation.place({ place: next }).catch(() => {
        last = '';
      });
    };
    const soon = () => {
      asked ||= requestAnimationFrame(place);
    };
    const sizes = new ResizeObserver(soon);
    sizes.observe(element);
    const parts = new MutationObserver(soon);
    parts.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] });
    window.addEventListener('resize', soon);
    // A notice slides in and out.
    document.addEventListener('transitionend', soon);
    place();
    return () => {
      cancelAnimationFrame(asked);
      sizes.disconnect();
      parts.disconnect();
      window.removeEventListener('resize', soon);
      document.removeEventListener('transitionend', soon);
      void desk.impersonation.place({ place: null }).catch(() => undefined);
    };
  }, [room]);
}
