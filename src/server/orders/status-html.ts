import { languageSchema } from '#core/domain/common.ts';
import type { Language } from '#core/domain/languages.ts';
import type { OrderStatus } from '#core/domain/provisioning.ts';
import { escapeHtml } from '../http/docs-page.ts';
import { languageNames, type StatusTexts, statusTexts } from './status-texts.ts';

/** What head office knows of an order, without anything about its customer. */
export interface KnownOrder {
  readonly status: OrderStatus;
  readonly productName: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

/** `unknown`: no order has the token (yet). `wrong`: it is no token at all. `away`: that can't be told now. */
export type Shown = KnownOrder | { readonly status: 'unknown' | 'wrong' | 'away' };

export const STYLE = '/status/style.css';

type Mark = keyof StatusTexts['marks'];
type StepKey = keyof StatusTexts['steps'];

/** Where the order stands on its way; null for a page that shows no way. */
const marks: Readonly<Record<Shown['status'], readonly [Mark, Mark, Mark] | null>> = {
  unknown: ['done', 'now', 'next'],
  accepted: ['done', 'done', 'now'],
  provisioning: ['done', 'done', 'now'],
  active: ['done', 'done', 'done'],
  failed: ['done', 'done', 'stopped'],
  cancelled: ['done', 'done', 'stopped'],
  wrong: null,
  away: null,
};

const steps: readonly StepKey[] = ['saved', 'accepted', 'live'];

/** Nothing more will happen, so there is nothing to look for again. */
const final: ReadonlySet<Shown['status']> = new Set(['active', 'cancelled', 'wrong']);

// A shape for each state beside its colour and its word.
const signs: Readonly<Record<Mark, string>> = {
  done: '<path d="M5 12.5l4.5 4.5L19 7.5"/>',
  now: '<circle cx="12" cy="12" r="4" fill="currentColor"/>',
  next: '',
  stopped: '<path d="M12 6v7M12 17.5v.5"/>',
};

/** The page: one column that a phone shows whole, without scripts. */
export function statusPage(shown: Shown, language: Language, now: Date): string {
  const texts = statusTexts[language];
  const { headline, detail } = texts.states[shown.status];
  const plan = 'productName' in shown ? shown.productName : texts.title;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${escapeHtml(headline)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLE}">
</head>
<body>
<main>
<p class="plan">${escapeHtml(plan)}</p>
<h1>${escapeHtml(headline)}</h1>
<p class="detail">${escapeHtml(detail)}</p>
${wayHtml(shown, language)}
${footHtml(shown, language, now)}
</main>
${languagesHtml(language)}
</body>
</html>
`;
}

function wayHtml(shown: Shown, language: Language): string {
  const texts = statusTexts[language];
  const at = marks[shown.status];
  if (at === null) return '';
  const rows = steps.map((step, index) => {
    const mark = at[index] ?? 'next';
    const when = timeOf(shown, step);
    const words = escapeHtml(texts.marks[mark]);
    const note = when === null || mark !== 'done' ? words : timeHtml(when, language);
    const current = mark === 'now' || mark === 'stopped' ? ' aria-current="step"' : '';
    const sign = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">${signs[mark]}</svg>`;
    return `<li class="${mark}"${current}><span class="sign" aria-hidden="true">${sign}</span><span class="step">${escapeHtml(texts.steps[step])}</span><span class="mark">${note}</span></li>`;
  });
  return `<ol>${rows.join('\n')}</ol>`;
}

function timeOf(shown: Shown, step: StepKey): Date | null {
  if (!('createdAt' in shown)) return null;
  if (step === 'accepted') return shown.createdAt;
  return step === 'live' ? shown.endedAt : null;
}

function footHtml({ status }: Shown, language: Language, now: Date): string {
  if (status === 'wrong') return '';
  const { again, asOf } = statusTexts[language];
  const [before = '', after = ''] = asOf.split('{time}').map(escapeHtml);
  const time = `<span>${before}${timeHtml(now, language)}${after}</span>`;
  // An empty address is the page's own, with the language that was chosen.
  const link = final.has(status) ? '' : `<a class="again" href="">${escapeHtml(again)}</a>`;
  return `<p class="foot">${time}${link}</p>`;
}

/** By the clock of head office, whose time zone is named: a page without scripts does not know the reader's. */
function timeHtml(time: Date, language: Language): string {
  const text = time.toLocaleString(language === 'en' ? 'en-GB' : language, {
    ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  });
  return `<time datetime="${time.toISOString()}">${escapeHtml(text)}</time>`;
}

function languagesHtml(current: Language): string {
  const links = languageSchema.options.map((language) => {
    const mark = language === current ? ' aria-current="true"' : '';
    return `<li><a href="?lang=${language}" lang="${language}" hreflang="${language}"${mark}>${languageNames[language]}</a></li>`;
  });
  return `<nav aria-label="${escapeHtml(statusTexts[current].language)}"><ul>${links.join('')}</ul></nav>`;
}
