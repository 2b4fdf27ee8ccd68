/** The page's own scheme: nothing else is ever loaded in a window. */
export const SCHEME = 'app';
const HOST = 'desk';
export const PAGE = `${SCHEME}://${HOST}/`;

/** True for addresses of the desk's own page; custom schemes have no usable `origin` in Node's URL. */
export function isOwnAddress(address: string | undefined): boolean {
  if (address === undefined || !URL.canParse(address)) return false;
  const { protocol, host } = new URL(address);
  return protocol === `${SCHEME}:` && host === HOST;
}
