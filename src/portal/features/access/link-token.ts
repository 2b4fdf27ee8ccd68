import { useState } from 'react';

/**
 * The token of a link in a mail, taken out of the address at once: it must not stay in the history, nor go to anybody as a
 * referrer.
 */
export function useLinkToken(): string {
  const [token] = useState(() => {
    // Behind the #: browsers send that part of an address to no server.
    const found = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
    if (found !== '') history.replaceState(history.state, '', location.pathname);
    return found;
  });
  return token;
}
