import { useEffect, useEffectEvent } from 'react';

interface WizardKeys {
  /** Ctrl+Enter (or Cmd+Enter) anywhere; undefined while it may not be done. */
  onConfirm?: (() => void) | undefined;
  /** Esc, once nothing nearer wants it: one level back. */
  onEscape?: (() => void) | undefined;
}

/** A dialogue or an open list closes on Esc by itself, and a field with text empties first. */
function isWanted(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (target.closest('[role="dialog"], [role="alertdialog"]') !== null) return true;
  return target.matches('[data-escapes], [aria-haspopup="listbox"][aria-expanded="true"]');
}

/** The keys that work wherever the focus is in the wizard. */
export function useWizardKeys({ onConfirm, onEscape }: WizardKeys): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.repeat || isWanted(event)) return;
    const action =
      event.key === 'Enter' && (event.ctrlKey || event.metaKey)
        ? onConfirm
        : event.key === 'Escape'
          ? onEscape
          : undefined;
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}
