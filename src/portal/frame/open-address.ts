import { useLocation } from 'wouter';
import { openAddresses } from '#core/portal/open-addresses.ts';

export function useIsOpenAddress(): boolean {
  const [location] = useLocation();
  return openAddresses.includes(location);
}
