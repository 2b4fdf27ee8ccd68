import { useLocation } from 'wouter';

/** Pages that links in mail lead to: they are for whoever has the link, signed in or not. */
export const openAddresses = ['/forgot', '/reset', '/verify-email'] as const;

export function useIsOpenAddress(): boolean {
  const [location] = useLocation();
  return openAddresses.some((address) => location === address);
}
