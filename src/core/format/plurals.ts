import { localeOf } from './plain.ts';

/** The part of i18next that chooses a text's form by its number. */
interface Plurals {
  readonly services: {
    readonly pluralResolver: { getRule(code: string, options?: object): unknown };
  };
}

/**
 * Makes the forms of numbers those of the region that dates and money go by: "0 artigos" in Portugal, where Brazil says
 * "0 artigo". To be called once i18next was started.
 */
export function pluralsByRegion({ services: { pluralResolver } }: Plurals): void {
  const ruleOf = pluralResolver.getRule.bind(pluralResolver);
  pluralResolver.getRule = (code, options) => ruleOf(localeOf(code), options);
}
