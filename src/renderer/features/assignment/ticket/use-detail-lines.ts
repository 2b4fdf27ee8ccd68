import { useTranslation } from 'react-i18next';
import type { Draft } from '#core/assignment/draft.ts';
import { type DetailField, detailFields } from '#core/assignment/steps.ts';
import { useFormat } from '../../../format.tsx';

export interface DetailLine {
  readonly field: DetailField;
  readonly label: string;
  /** Null while it has no answer. */
  readonly value: string | null;
}

/** The details that this product and customer ask for, in words. One site that needed no question is named too. */
export function useDetailLines(draft: Draft): DetailLine[] {
  const { t } = useTranslation('assignment');
  const { date } = useFormat();
  const { sites, contacts } = draft.choices;
  const site = sites.find(({ id }) => id === draft.siteId);
  const contact = (id: number | null) => {
    const found = contacts.find((one) => one.id === id);
    return found === undefined ? null : [found.name, found.email].filter(Boolean).join(' · ');
  };
  const values: Record<DetailField, string | null> = {
    site: site === undefined ? null : `${site.name} · ${site.address}`,
    billingContact: contact(draft.billingContactId),
    technicalContact: contact(draft.technicalContactId),
    purchaseOrder: draft.purchaseOrder.trim() || null,
    costCentre: draft.costCentre.trim() || null,
    installationDate: draft.installationDate === null ? null : date(new Date(`${draft.installationDate}T00:00`)),
  };
  const fields = detailFields(draft);
  const isSiteImplied = !fields.includes('site') && site !== undefined && asksSite(draft);
  const shown: DetailField[] = isSiteImplied ? ['site', ...fields] : fields;
  return shown.map((field) => ({ field, label: t(`details.${field}`), value: values[field] }));
}

function asksSite({ product }: Draft): boolean {
  return product !== null && product.businessFields.site !== 'hidden';
}
