import { type RefObject, useEffect, useRef } from 'react';

/**
 * For a menu's dropdown: once it is open and its items are there, the first of them has the focus. Before that, and where
 * none can be chosen, the dropdown itself has it, so that Escape closes it. The menu's own trap gives the focus to the
 * dropdown, before the first item has it or, on a busy machine, after: then it is passed on.
 */
export function useFirstItem(opened: boolean, ready = true): RefObject<HTMLDivElement | null> {
  const dropdown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!opened) return;
    const toFirst = () => {
      const first = ready
        ? dropdown.current?.querySelector<HTMLElement>('[role="menuitem"]:not(:disabled)')
        : undefined;
      (first ?? dropdown.current)?.focus();
    };
    const passOn = ({ target }: FocusEvent) => {
      if (target === dropdown.current) toFirst();
    };
    const frame = requestAnimationFrame(toFirst);
    document.addEventListener('focusin', passOn);
    return () => {
      cancelAnimationFrame(frame);
      document.removeEventListener('focusin', passOn);
    };
  }, [opened, ready]);
  return dropdown;
}
