import { useShortcut } from '../../shortcuts.tsx';

interface WizardKeys {
  /** Ctrl+Enter, wherever the focus is. */
  onConfirm: () => void;
  /** Esc, once nothing nearer wants it: one level back. */
  onEscape: () => void;
}

/** A dialogue or an open list closes on Esc by itself; the lists that a step's own field drives are always open. */
function isWanted(): boolean {
  const target = document.activeElement;
  if (document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null) return true;
  return target?.matches('[aria-haspopup="listbox"][aria-expanded="true"]:not([data-drives])') ?? false;
}

/** The keys that work wherever the focus is in the wizard, in front of the frame's. */
export function useWizardKeys({ onConfirm, onEscape }: WizardKeys): void {
  const unlessWanted = (run: () => void) => (event: KeyboardEvent) => {
    // What a dialogue or a field does with the key is its own matter, and nobody's further out.
    if (!event.repeat && !isWanted()) run();
  };
  useShortcut('Ctrl+Enter', unlessWanted(onConfirm));
  useShortcut('Escape', unlessWanted(onEscape));
}
