import { type KeyboardEvent, useEffect, useRef } from 'react';

/**
 * Keeps the first hit marked while hits come and go, and lets Enter be pressed before they are there: it then opens the
 * first of them once they are. `hits` changes whenever there are others.
 */
export function useFirstHit(text: string, searching: boolean, hits: unknown) {
  const list = useRef<HTMLDivElement>(null);
  const entered = useRef<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: marks anew whenever the hits change
  useEffect(() => {
    if (text.trim() === '' || searching) return;
    const first = list.current?.querySelector<HTMLElement>('[data-action]');
    if (!list.current?.querySelector('[data-selected]')) first?.setAttribute('data-selected', 'true');
    if (entered.current === text) first?.click();
    entered.current = null;
  }, [text, searching, hits]);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // The field may be ahead of what is drawn: the last letter and Enter can come in one breath.
    const typed = event.currentTarget.value;
    if (event.key !== 'Enter' || (typed === text && !searching)) return;
    // What is marked now belongs to the text before this one.
    event.preventDefault();
    event.nativeEvent.stopImmediatePropagation();
    list.current?.querySelector('[data-selected]')?.removeAttribute('data-selected');
    entered.current = typed;
  };
  return { list, onKeyDown };
}
