import { type RefObject, useEffect, useRef } from 'react';

/**
 * For a menu's dropdown: once it is open and its items are there, the first of them has the focus. Before that, and where
 * none can be chosen, the dropdown itself has it, so that Escape closes it.
 */
export function useFirstItem(opened: boolean, ready = true): RefObject<HTMLDivElement | null> {
  const dropdown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!opened) return;
    const frame = requestAnimationFrame(() => {
      const first = ready
        ? dropdown.current?.querySelector<HTMLElement>('[role="menuitem"]:not(:disabled)')
        : undefined;
      (first ?? dropdown.current)?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [opened, ready]);
  return dropdown;
}
