import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useState } from 'react';

/** The keys that work everywhere (screens.md, principle 7). */
export type Shortcut = 'Ctrl+K' | 'F2' | 'F3' | 'F4' | 'F6' | 'Escape' | '?' | 'Ctrl+Enter' | 'Ctrl+Shift+E';

/** False passes the key on to whoever is further out. */
type Handler = (event: KeyboardEvent) => unknown;

interface Bound {
  readonly key: Shortcut;
  readonly order: number;
  readonly run: Handler;
}

function createShortcuts() {
  const bound = new Set<Bound>();
  let count = 0;
  return {
    nextOrder: () => {
      count += 1;
      return count;
    },
    bind(one: Bound) {
      bound.add(one);
      return () => void bound.delete(one);
    },
    handle(event: KeyboardEvent) {
      const key = shortcutOf(event);
      if (key === null || event.defaultPrevented) return;
      const asked = [...bound].filter((one) => one.key === key).sort((a, b) => b.order - a.order);
      if (asked.some(({ run }) => run(event) !== false)) event.preventDefault();
    },
  };
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Which shortcut a key press is. A question mark in a text field is a question mark. */
function shortcutOf(event: KeyboardEvent): Shortcut | null {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key.toLowerCase() === 'k') return 'Ctrl+K';
  if (control && event.key === 'Enter') return 'Ctrl+Enter';
  if (control && event.shiftKey && event.key.toLowerCase() === 'e') return 'Ctrl+Shift+E';
  if (control || event.altKey) return null;
  if (event.key === '?') return isTyping(event.target) ? null : '?';
  if (event.key === 'F2' || event.key === 'F3' || event.key === 'F4' || event.key === 'F6') return event.key;
  return event.key === 'Escape' ? 'Escape' : null;
}

const ShortcutsContext = createContext<ReturnType<typeof createShortcuts> | null>(null);

export function ShortcutsProvider({ children }: { children: ReactNode }) {
  const [shortcuts] = useState(createShortcuts);
  useEffect(() => {
    window.addEventListener('keydown', shortcuts.handle);
    return () => window.removeEventListener('keydown', shortcuts.handle);
  }, [shortcuts]);
  return <ShortcutsContext value={shortcuts}>{children}</ShortcutsContext>;
}

/**
 * Binds a key while the component is mounted, in front of what is bound further out: on a customer's page F2 adds a
 * service to that customer. A handler that returns false leaves the key to the next one out.
 */
export function useShortcut(key: Shortcut, handler: Handler): void {
  const shortcuts = useContext(ShortcutsContext);
  if (shortcuts === null) throw new Error('useShortcut needs a ShortcutsProvider above it');
  const [order] = useState(() => shortcuts.nextOrder());
  const run = useEffectEvent(handler);
  useEffect(() => shortcuts.bind({ key, order, run: (event) => run(event) }), [shortcuts, key, order]);
}
