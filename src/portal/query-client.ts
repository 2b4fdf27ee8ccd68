import { ORPCError } from '@orpc/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { sessionOver } from './door.ts';

/** Answers that another try would not change are shown at once. */
function mayRetry(failures: number, error: unknown): boolean {
  return failures < 1 && (!(error instanceof ORPCError) || error.code === 'internal_error');
}

/** Whatever is asked when the session is over leads to the door. */
function notice(error: unknown): void {
  if (!(error instanceof ORPCError)) return;
  const { reason } = (error.data ?? {}) as { reason?: string };
  if (error.code === 'session_ended') sessionOver(reason ?? 'ended');
  if (error.code === 'unauthorized') sessionOver(null);
}

/** `always`: without a line the service worker answers with what it keeps. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: notice }),
    mutationCache: new MutationCache({ onError: notice }),
    defaultOptions: {
      queries: { networkMode: 'always', retry: mayRetry, retryDelay: 500, staleTime: 15_000 },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
