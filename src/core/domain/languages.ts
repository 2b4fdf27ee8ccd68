/** The languages that Comptoir speaks. Apart from the schemas, so that the first screen does without their library. */
export const languages = ['en', 'fr', 'es', 'pt'] as const;
export type Language = (typeof languages)[number];

export function isLanguage(text: string | null): text is Language {
  return (languages as readonly (string | null)[]).includes(text);
}
