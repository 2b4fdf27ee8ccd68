import { useEffect, useRef } from 'react';
import { useShortcut } from '../../shortcuts.tsx';

interface WizardKeys {
  /** Ctrl+Enter, wherever the focus is. */
  onConfirm: () => void;
  /** Esc, once nothing nearer wants it: one level back. */
  onEscape: () => void;
}

const layer = '[role="dialog"], [role="alertdialog"], [role="menu"]';
/** A list that drops from its field; those that a step's own field drives are always open. */
const dropped = '[aria-haspopup="listbox"][aria-expanded="true"]:not([data-drives])';

function isWanted(): boolean {
  return document.querySelector(layer) !== null || (document.activeElement?.matches(dropped) ?? false);
}

/** The keys that work wherever the focus is in the wizard, in front of the frame's. */
export function useWizardKeys({ onConfirm, onEscape }: WizardKeys): void {
  const wanted = useRef(false);
  useEffect(() => {
    // Before anybody acts on the key: a dialogue that it closes may be gone by the time we are asked.
    const look = () => {
      wanted.current = isWanted();
    };
    window.addEventListener('keydown', look, { capture: true });
    return () => window.removeEventListener('keydown', look, { capture: true });
  }, []);
  const unlessWanted = (run: () => void) => (event: KeyboardEvent) => {
    // What a dialogue or a list does with the key is its own matter, and nobody's further out.
    if (!event.repeat && !wanted.current) run();
  };
  useShortcut('Ctrl+Enter', unlessWanted(onConfirm));
  useShortcut('Escape', unlessWanted(onEscape));
}
