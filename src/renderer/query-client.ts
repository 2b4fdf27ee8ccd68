import { ORPCError } from '@orpc/client';
import { QueryClient } from '@tanstack/react-query';
import { HostGoneError } from './host-connection.ts';

/** Answers that another try would not change are shown at once; a lost host is asked again when it is back. */
function mayRetry(failures: number, error: unknown): boolean {
  if (error instanceof HostGoneError) return false;
  if (error instanceof ORPCError) return failures < 1 && error.code === 'internal_error';
  return failures < 1;
}

/** `always`: the host runs on this machine, so the browser's own idea of being online means nothing here. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: mayRetry,
        retryDelay: 300,
        staleTime: 5_000,
        refetchOnWindowFocus: true,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}
