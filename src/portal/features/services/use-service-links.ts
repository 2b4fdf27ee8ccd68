import { useTranslation } from 'react-i18next';
import type { PortalService } from '#core/contract/portal/services.ts';
import { useBrand } from '../../brand.ts';
import { serviceLinks } from './service-links.ts';

/** What this session may do with a service, in words and as links; the first is the one to offer. */
export function useServiceLinks(service: PortalService) {
  const { t } = useTranslation('services');
  const { hidden } = useBrand();
  return serviceLinks(service, hidden).map(({ key, href }) => {
    const words = t(`actions.${key}`);
    return { key, href, words, label: `${words}: ${service.name}` };
  });
}
