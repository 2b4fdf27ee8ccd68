/** Somebody who did something this long ago is still there. */
const PRESENT_MS = 60_000;

let lastAct = Date.now();

/** Whether a person is at the page: requests then keep the session alive. Opening the page is an act. */
export function isActive(): boolean {
  return Date.now() - lastAct < PRESENT_MS;
}

/** Begins to notice what a person does. */
export function watchPresence(): void {
  const act = () => {
    lastAct = Date.now();
  };
  for (const event of ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const) {
    addEventListener(event, act, { passive: true, capture: true });
  }
}
