import { IconDeviceMobile, IconDeviceTv, IconPhone, IconWifi, type TablerIcon } from '@tabler/icons-react';
import type { ServiceType } from '#core/domain/product.ts';

export const serviceTypeIcons: Record<ServiceType, TablerIcon> = {
  mobile: IconDeviceMobile,
  internet: IconWifi,
  iptv: IconDeviceTv,
  voip: IconPhone,
};
