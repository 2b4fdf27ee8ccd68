import type { WedgeSettings } from '#core/scan/schema.ts';
import { type WedgeAction, type WedgeState, wedgeDeadline, wedgeIdle, wedgeKey, wedgeTick } from '#core/scan/wedge.ts';

/** Gives one held character back to whatever has the focus, as if it were typed now. */
function replay(character: string): void {
  const focused = document.activeElement ?? document.body;
  const again = new KeyboardEvent('keydown', { key: character, bubbles: true, cancelable: true, composed: true });
  // Shortcuts and lists hear of the key first, as they would have; a text field then takes the character.
  const stopped = !focused.dispatchEvent(again);
  if (!stopped && isEditable(focused)) document.execCommand('insertText', false, character);
}

function isEditable(element: Element): boolean {
  return (
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && !element.readOnly && !element.disabled) ||
    (element instanceof HTMLElement && element.isContentEditable)
  );
}

function isModified(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph');
}

/**
 * Tells a keyboard-wedge reader from a person, in front of everything else in the window: fast keys are kept back until
 * it is clear who sent them. A scan goes to `onScan` and reaches no field; typing is given back where the focus is.
 * Returns the end of it.
 */
export function captureWedge(
  target: Window,
  settings: () => WedgeSettings,
  onScan: (text: string, receivedAt: number) => void,
): () => void {
  let state: WedgeState = wedgeIdle;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const act = (actions: readonly WedgeAction[], event: KeyboardEvent | null) => {
    for (const action of actions) {
      if (action.type === 'flush') for (const character of action.text) replay(character);
      if (action.type === 'hold' || action.type === 'scan') {
        event?.preventDefault();
        event?.stopImmediatePropagation();
      }
      if (action.type === 'scan') onScan(action.text, event?.timeStamp ?? performance.now());
    }
  };
  const wait = () => {
    clearTimeout(timer);
    const deadline = wedgeDeadline(state, settings());
    if (deadline === null) return;
    timer = setTimeout(
      () => {
        const step = wedgeTick(state, performance.now(), settings());
        state = step.state;
        act(step.actions, null);
        wait();
      },
      Math.max(1, deadline - performance.now() + 1),
    );
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys that this capture gives back itself, or that other code makes up, are nobody's typing.
    if (!event.isTrusted || event.isComposing) return;
    const step = wedgeKey(
      state,
      { key: event.key, time: event.timeStamp, modified: isModified(event), repeat: event.repeat },
      settings(),
    );
    state = step.state;
    act(step.actions, event);
    wait();
  };
  target.addEventListener('keydown', onKeyDown, { capture: true });
  return () => {
    clearTimeout(timer);
    target.removeEventListener('keydown', onKeyDown, { capture: true });
  };
}
