const taken = new Map<string, string>();

/**
 * The token of a link in a mail, taken out of the address at once: it must not stay in the history, nor go to anybody as a
 * referrer. Kept outside of the page's state, which is thrown away when the page waits for its texts before it is drawn.
 */
export function useLinkToken(): string {
  const { pathname, hash } = location;
  // Behind the #: browsers send that part of an address to no server.
  const found = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  if (found !== '') {
    taken.set(pathname, found);
    history.replaceState(history.state, '', pathname);
  }
  return taken.get(pathname) ?? '';
}
