import { useTranslation } from 'react-i18next';
import type { DeviceStatus } from '#core/scan/schema.ts';

/** What a device is called: its maker's name; the keyboard scanner has none and is called by what it is. */
export function useDeviceName() {
  const { t } = useTranslation('devices');
  return ({ source, name }: Pick<DeviceStatus, 'source' | 'name'>) => (source === 'wedge' ? t('source.wedge') : name);
}
