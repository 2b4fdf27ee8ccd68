/** Central shows the page there with another policy: to desks, and with no way to ask anything. */
const PREVIEW = '/portal/preview';

/** The operator's draft of the look, with made-up data. */
export const isPreview = location.pathname === PREVIEW;

/** In a page of the operator's own, which has its own head. */
export const isFramed = window.top !== window.self && !isPreview;
