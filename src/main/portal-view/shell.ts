import type { Blocked } from '#core/contract/central/impersonations.ts';
import type { ViewPlace } from '#core/contract/desk/portal-view.ts';

/** What a shell tells of the view that it shows. */
export interface PortalPageListener {
  page(state: 'loading' | 'shown' | 'failed'): void;
  blocked(what: Blocked): void;
  /** Somebody in the view asked for the desk's keyboard. */
  focusLeft(): void;
  /** Somebody in the view asked for its end. */
  endAsked(): void;
}

export interface PortalPage {
  place(place: ViewPlace | null): void;
  act(act: 'focus' | 'back' | 'reload'): void;
  /** Takes it off the screen at once, and forgets all that it kept. */
  close(): Promise<void>;
}

/** A shell that can show the portal in the desk's window. */
export interface PortalShell {
  /** `viewKey` goes with every request of the view, and nowhere else. */
  open(
    what: { readonly id: string; readonly url: string; readonly viewKey: string },
    listener: PortalPageListener,
  ): PortalPage;
}
