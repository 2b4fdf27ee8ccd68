import { useMutation, useQueryClient } from '@tanstack/react-query';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';

/** Stores the device settings; they count at once. */
export function useChangeDevices() {
  const client = useQueryClient();
  const notify = useNotify();
  return useMutation(
    deskQuery.devices.changeSettings.mutationOptions({
      onSuccess: (changed) => {
        client.setQueryData(deskQuery.devices.settings.queryKey(), changed);
        void client.invalidateQueries({ queryKey: deskQuery.devices.list.key() });
      },
      onError: notify.error,
    }),
  );
}
