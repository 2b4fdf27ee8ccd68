import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { desk, deskQuery } from '../../desk.ts';

interface ImportRun {
  file: File;
  dryRun: boolean;
  template?: string;
  storeId?: number;
}

const POLL_MS = 400;

/**
 * Runs imports in central's background and follows the trial run until it ends. A trial writes nothing; its rows say
 * what the import would do.
 */
export function useImport() {
  const client = useQueryClient();
  const [trialId, setTrialId] = useState<number | null>(null);
  const run = useMutation({
    mutationFn: async ({ file, ...options }: ImportRun) =>
      desk.inventory.createImport({ ...options, content: await file.text(), filename: file.name, wait: false }),
    onSuccess: (started, { dryRun }) => {
      client.setQueryData(deskQuery.inventory.getImport.queryKey({ input: { id: started.id } }), started);
      if (dryRun) setTrialId(started.id);
      void client.invalidateQueries({ queryKey: deskQuery.inventory.imports.key() });
    },
  });
  const trial = useQuery(
    deskQuery.inventory.getImport.queryOptions({
      input: { id: trialId ?? 0 },
      enabled: trialId !== null,
      refetchInterval: ({ state }) => (state.data?.status === 'running' ? POLL_MS : false),
    }),
  );
  const forget = () => {
    setTrialId(null);
    run.reset();
  };
  return { run, trial: trialId === null ? null : (trial.data ?? null), forget };
}
