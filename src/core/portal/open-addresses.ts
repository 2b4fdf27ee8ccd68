/** Pages of the portal that links in mail lead to: they are for whoever has the link, signed in or not. */
export const openAddresses: readonly string[] = ['/forgot', '/reset', '/verify-email'];
