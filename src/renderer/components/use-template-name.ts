import { useTranslation } from 'react-i18next';

/** The name of a kind of item in the screen's language; the operator's own name for kinds the catalogue does not know. */
export function useTemplateName(): (slug: string, name: string) => string {
  const { t } = useTranslation('assignment');
  return (slug, name) => t(`template.${slug}`, { defaultValue: name });
}
