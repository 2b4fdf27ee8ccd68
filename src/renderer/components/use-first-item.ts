import { type RefObject, useEffect, useRef } from 'react';

/** For a menu's dropdown: once it is open and its items are there, the first of them has the focus. */
export function useFirstItem(opened: boolean, ready = true): RefObject<HTMLDivElement | null> {
  const dropdown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!opened || !ready) return;
    const frame = requestAnimationFrame(() =>
      dropdown.current?.querySelector<HTMLElement>('[role="menuitem"]:not(:disabled)')?.focus(),
    );
    return () => cancelAnimationFrame(frame);
  }, [opened, ready]);
  return dropdown;
}
