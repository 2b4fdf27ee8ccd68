import { useTranslation } from 'react-i18next';
import type { ScanValue } from '#core/scan/schema.ts';
import { useFormat } from '../../format.tsx';

/** What a scan was understood as: `ICCID 8944 1000 …`. */
export function useScanWords() {
  const { t } = useTranslation('devices');
  const { phone, iccid } = useFormat();
  return (value: ScanValue): string => {
    switch (value.kind) {
      case 'iccid':
        return t('value.iccid', { text: iccid(value.iccid) });
      case 'imei':
        return t('value.imei', { text: value.imei });
      case 'ean':
        return t('value.ean', { text: value.ean });
      case 'msisdn':
        return t('value.msisdn', { text: phone(value.msisdn) });
      case 'receipt':
        return t(`value.${value.target.of}`, { text: value.target.id });
      case 'invalid':
        return t('value.invalid', { text: value.text });
      case 'unknown':
        return t('value.unknown', { text: value.text });
    }
  };
}
