import { useTranslation } from 'react-i18next';
import { type Identifier, type Identifiers, identifierSchema } from '#core/domain/inventory.ts';
import { useFormat } from '../../format.tsx';

export interface IdentifierWords {
  key: Identifier;
  label: string;
  value: string;
}

/** An item's identifiers as people read them, the main one first. */
export function useIdentifierWords() {
  const { t } = useTranslation('common');
  const { phone, iccid } = useFormat();
  return (identifiers: Identifiers): IdentifierWords[] =>
    identifierSchema.options.flatMap((key) => {
      const raw = identifiers[key];
      if (raw === undefined) return [];
      const value = key === 'msisdn' ? phone(raw) : key === 'iccid' ? iccid(raw) : raw;
      return [{ key, label: t(`identifier.${key}`), value }];
    });
}
