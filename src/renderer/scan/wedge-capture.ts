import type { WedgeSettings } from '#core/scan/schema.ts';
import { type WedgeAction, type WedgeState, wedgeDeadline, wedgeIdle, wedgeKey, wedgeTick } from '#core/scan/wedge.ts';

/** Chromium's own word on whether keys wait to be handled; browsers without it have none waiting. */
function isKeyWaiting(): boolean {
  const { scheduling } = navigator as { scheduling?: { isInputPending?: () => boolean } };
  return scheduling?.isInputPending?.() ?? false;
}

const MOST_WAITS = 20;

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
  // The time runs from when a key arrives, not from when it was pressed: on a busy machine keys come late and in heaps.
  const wait = (again = 0) => {
    clearTimeout(timer);
    if (wedgeDeadline(state, settings()) === null) return;
    timer = setTimeout(
      () => {
        if (again < MOST_WAITS && isKeyWaiting()) wait(again + 1);
        else giveBack();
      },
      again === 0 ? settings().thresholdMs + 1 : 1,
    );
  };
  const giveBack = () => {
    const step = wedgeTick(state, state.last + settings().thresholdMs + 1, settings());
    state = step.state;
    act(step.actions, null);
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
