import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { PortalView } from '#core/contract/desk/portal-view.ts';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';

/** The view of the portal that this desk has; null when there is none. Events keep it as it is. */
export function usePortalView(): PortalView | null {
  const { data } = useQuery(deskQuery.impersonation.state.queryOptions());
  return data ?? null;
}

/** Ends the view and leads back to where it was begun. */
export function useEndPortalView({ impersonation, kind }: PortalView) {
  const { t } = useTranslation('portal');
  const [, navigate] = useLocation();
  const notify = useNotify();
  const client = useQueryClient();
  const isOver = impersonation.endedAt !== null;
  return useMutation(
    deskQuery.impersonation.end.mutationOptions({
      onSuccess: () => {
        client.setQueryData(deskQuery.impersonation.state.queryKey(), null);
        if (kind === 'built_in') navigate(`/customers/${impersonation.customer.id}/contacts`);
        if (!isOver) notify.show({ id: 'portal-view', title: t('ended') });
      },
      onError: notify.error,
    }),
  );
}
