import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { checkedBrandSchema } from '#core/brand/checked-brand.ts';
import type { BrandState } from '#core/contract/central/portal.ts';
import type { Brand } from '#core/domain/portal.ts';
import { deskQuery } from '../../desk.ts';
import { useNotify } from '../../notify.tsx';

/** What is wrong with a draft, by its field: `css`, `redirects.support`, `frameOrigins.0`. */
export type FieldErrors = ReadonlySet<string>;

export function errorsOf(brand: Brand): FieldErrors {
  const { error } = checkedBrandSchema.safeParse(brand);
  return new Set((error?.issues ?? []).map(({ path }) => path.map(String).join('.')));
}

/** The look as head office has it. */
export function useBrandState() {
  return useQuery(deskQuery.portal.brand.queryOptions({ refetchOnWindowFocus: false }));
}

/** A draft over what is kept; it is saved whole, and what was before can be had back at once. */
export function useBrandDraft(state: BrandState) {
  const { t } = useTranslation('portalLook');
  const { t: tCommon } = useTranslation('common');
  const notify = useNotify();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Brand>(state.brand);
  const [version, setVersion] = useState(state.version);
  const take = (kept: BrandState) => {
    client.setQueryData(deskQuery.portal.brand.queryKey(), kept);
    setDraft(kept.brand);
    setVersion(kept.version);
  };
  const save = useMutation(deskQuery.portal.changeBrand.mutationOptions({ onError: notify.error }));
  const keep = async (brand: Brand, from: number, isUndo: boolean): Promise<void> => {
    const kept = await save.mutateAsync({ version: from, brand }).catch(() => null);
    if (kept === null) return;
    take(kept);
    const { previous } = kept;
    const undo = { label: tCommon('undo'), run: () => previous && void keep(previous, kept.version, true) };
    notify.show({
      ...{ id: 'portal-look', tone: 'good', title: t(isUndo ? 'undone' : 'saved'), text: t('savedText') },
      ...(isUndo || previous === null ? {} : { action: undo }),
    });
  };
  return {
    draft,
    errors: errorsOf(draft),
    isChanged: JSON.stringify(draft) !== JSON.stringify(state.brand),
    isSaving: save.isPending,
    change: (part: Partial<Brand>) => setDraft((before) => ({ ...before, ...part })),
    discard: () => setDraft(state.brand),
    save: () => keep(draft, version, false),
    reload: async () => {
      const fresh = await client.fetchQuery(deskQuery.portal.brand.queryOptions({ staleTime: 0 }));
      take(fresh);
    },
    /** Goes back to what was before the last change. */
    goBack: state.previous === null ? null : () => state.previous && keep(state.previous, version, true),
  };
}
export type BrandDraft = ReturnType<typeof useBrandDraft>;
