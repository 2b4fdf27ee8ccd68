import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

const load = async () => {
  const [{ Frame }, { readAhead }] = await Promise.all([import('./Frame.tsx'), import('../routes.tsx')]);
  await readAhead(location.hash.slice(1) || '/');
  return Frame;
};
const IDLE_WITHIN_MS = 2_000;

/**
 * The frame around every screen, which is most of the desk's code, and the page in it: read for whoever is signed in, and
 * while somebody signs in. While that is not known, a sign-in that is expected must not wait for it. It is kept as data, not
 * lazy: React shows what comes late no sooner than 0.3 s after its stand-in.
 */
export function useFrame(isSignedIn: boolean | undefined, isSignInExpected: boolean) {
  useEffect(() => {
    if (isSignedIn !== false) return;
    // What can't be read is asked for again when it is needed, and told then.
    const waiting = requestIdleCallback(() => void load().catch(() => undefined), { timeout: IDLE_WITHIN_MS });
    return () => cancelIdleCallback(waiting);
  }, [isSignedIn]);
  const enabled = isSignedIn ?? !isSignInExpected;
  return useQuery({ queryKey: ['frame'], queryFn: load, staleTime: Number.POSITIVE_INFINITY, enabled });
}
