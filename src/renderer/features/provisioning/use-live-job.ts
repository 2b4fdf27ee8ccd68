import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { desk, deskQuery } from '../../desk.ts';

const RECONNECT_MS = 1000;

/**
 * Keeps a job's query in step with central for as long as the screen shows it. The host's stream ends with the job; a
 * retry starts it anew, so the stream is opened again whenever it ends while the screen is open.
 */
export function useLiveJob(id: number): void {
  const client = useQueryClient();
  useEffect(() => {
    const ending = new AbortController();
    const follow = async () => {
      while (!ending.signal.aborted) {
        try {
          for await (const job of await desk.provisioning.events({ id }, { signal: ending.signal })) {
            client.setQueryData(deskQuery.provisioning.get.queryKey({ input: { id } }), (known) =>
              known !== undefined && known.revision > job.revision ? known : job,
            );
          }
        } catch {
          // The host or central is gone for now: the loop tries again, and the frame says so meanwhile.
        }
        await new Promise((resolve) => setTimeout(resolve, RECONNECT_MS));
      }
    };
    void follow();
    return () => ending.abort();
  }, [client, id]);
}
