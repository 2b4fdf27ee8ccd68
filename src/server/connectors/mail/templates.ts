import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { Liquid } from 'liquidjs';
import { languageSchema } from '#core/domain/common.ts';
import type { Language } from '#core/domain/languages.ts';
import { preconditionFailed } from '../failure.ts';

export interface MailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

export interface MailTemplates {
  readonly names: readonly string[];
  /** Throws ActionFailure when the template needs a value that is missing. */
  render(name: string, language: Language, values: Record<string, unknown>): MailContent;
}

const SUBJECT = 'Subject: ';
const LAYOUT = 'layout.html.liquid';
const FILE = /^(?<name>[a-z-]+)\.(?<language>en|fr|es|pt)\.(?<form>txt|html)\.liquid$/;

/**
 * Loads mail templates: `name.language.txt.liquid`, whose first line is the subject, and `name.language.html.liquid`, put
 * into the `layout.html.liquid` of `layoutFolder`. Throws when one of the four languages is missing, or a template can't be read.
 */
export async function loadMailTemplates(folder: string, layoutFolder = folder): Promise<MailTemplates> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.liquid'));
  const texts = new Map(
    await Promise.all(files.map(async (file) => [file, await readFile(path.join(folder, file), 'utf8')] as const)),
  );
  const names = [...new Set(files.map((file) => FILE.exec(file)?.groups?.name).filter((name) => name !== undefined))];
  const plain = engine(false);
  const markup = engine(true);
  const part = (name: string, language: Language, form: string) => {
    const text = texts.get(`${name}.${language}.${form}.liquid`);
    if (text === undefined) throw new Error(`${folder}: there is no ${name}.${language}.${form}.liquid`);
    return (form === 'html' ? markup : plain).parse(text);
  };
  const layout = markup.parse(await readFile(path.join(layoutFolder, LAYOUT), 'utf8'));
  const loaded = new Map(
    names.flatMap((name) =>
      languageSchema.options.map((language) => {
        const parts = { text: part(name, language, 'txt'), html: part(name, language, 'html') };
        return [`${name}.${language}`, parts] as const;
      }),
    ),
  );
  return {
    names,
    render(name, language, values) {
      const parts = loaded.get(`${name}.${language}`);
      if (!parts) throw preconditionFailed(`there is no mail ${name} in ${language}`);
      const scope = { ...values, language };
      try {
        const [first = '', ...lines] = String(plain.renderSync(parts.text, scope)).split('\n');
        const subject = first.replace(SUBJECT, '').trim();
        const body = markup.renderSync(parts.html, scope);
        return {
          subject,
          text: lines.join('\n').trim(),
          html: String(markup.renderSync(layout, { subject, body, language })),
        };
      } catch (error) {
        throw preconditionFailed(`mail ${name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}

/** HTML escapes every value: a customer's name must not become markup. */
function engine(html: boolean): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    ownPropertyOnly: true,
    templates: {},
    ...(html && { outputEscape: 'escape' as const }),
  });
  liquid.registerFilter('money', (amount: number, currency: string, language: Language) =>
    new Intl.NumberFormat(locales[language], { style: 'currency', currency }).format(minorToMajor(amount, currency)),
  );
  liquid.registerFilter('day', (day: string, language: Language) =>
    new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(day)),
  );
  liquid.registerFilter('moment', (at: string, language: Language) => {
    const format = { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' } as const;
    return `${new Intl.DateTimeFormat(locales[language], format).format(new Date(at))} UTC`;
  });
  liquid.registerFilter(
    'phone',
    (number: string) => parsePhoneNumberFromString(number)?.formatInternational() ?? number,
  );
  return liquid;
}

/** The same countries' habits as on the screens. */
const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR', es: 'es-ES', pt: 'pt-PT' };

function minorToMajor(amount: number, currency: string): number {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return amount / 10 ** digits;
}
