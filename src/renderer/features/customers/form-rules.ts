import type { TFunction } from 'i18next';
import { emailSchema, nameSchema } from '#core/domain/common.ts';
import { toE164 } from '../../formatters.ts';

/**
 * The core's rules as a form's: null when the text may stand, else why not. An empty e-mail or phone may, and so may the
 * phone that is stored already, as `storedPhone` shows it.
 */
export function customerRules(t: TFunction<'customers'>, country: string, storedPhone = '') {
  return {
    name: (value: string) => (nameSchema.safeParse(value).success ? null : nameProblem(value, t)),
    email: (value: string) =>
      value.trim() === '' || emailSchema.safeParse(value.trim()).success ? null : t('form.emailInvalid'),
    phone: (value: string) =>
      value.trim() === '' || value === storedPhone || toE164(value, country) !== null
        ? null
        : t('form.phoneInvalid', { country }),
  };
}

function nameProblem(value: string, t: TFunction<'customers'>): string {
  if (value.trim() === '') return t('form.nameMissing');
  return value.trim().length > 300 ? t('form.nameLong') : t('form.nameInvalid');
}

/** What a form's text is stored as: nothing for an empty field. */
export function orNull(value: string): string | null {
  const text = value.trim();
  return text === '' ? null : text;
}
