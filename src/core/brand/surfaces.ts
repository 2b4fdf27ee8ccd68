import type { Brand } from '../domain/portal.ts';
import { contrast, legible, luminance, mix, READABLE, readableOn } from './colours.ts';

/** What the operator's colours become: a ground, what lies on it, and what is written on both, each readable (WCAG AA). */
export interface Surfaces {
  /** Whether light letters stand on it. */
  readonly isDark: boolean;
  readonly canvas: string;
  readonly surface: string;
  readonly text: string;
  readonly line: string;
  readonly accent: string;
  readonly accentSoft: string;
}

/** The page in its two schemes. Text that can't be read on its ground is not used. */
export function surfacesOf(colours: Brand['colours']): { readonly light: Surfaces; readonly dark: Surfaces } {
  return { light: lightSurfaces(colours), dark: darkSurfaces(colours) };
}

function lightSurfaces({ primary, background, text: wished }: Brand['colours']): Surfaces {
  const isDark = readableOn(background) === '#ffffff';
  const surface = isDark ? raisedOn(background) : '#ffffff';
  const text = [background, surface].every((each) => contrast(wished, each) >= READABLE)
    ? wished
    : readableOn(background);
  const accentSoft = mix(surface, primary, 0.1);
  const accent = legible(primary, [surface, background, accentSoft]);
  return { isDark, canvas: background, surface, text, line: mix(surface, text, 0.12), accent, accentSoft };
}

/** The dark scheme is the portal's own; only the accent is the operator's. */
function darkSurfaces({ primary }: Brand['colours']): Surfaces {
  // Read on the page, on what lies on it, and on its own soft shade, which is darker the darker it is itself.
  const accentSoft = mix('#182024', legible(primary, ['#182024', '#20292d']), 0.16);
  const accent = legible(primary, ['#182024', '#20292d', accentSoft]);
  return {
    ...{ isDark: true, canvas: '#0f1417', surface: '#182024', text: '#e2e8eb', line: '#2c363b' },
    ...{ accent, accentSoft },
  };
}

/** Cards on a dark ground: a little lighter than it, unless white could no longer be read on them. */
const raisedOn = (background: string): string =>
  luminance(background) < 0.05 ? mix(background, '#ffffff', 0.07) : mix(background, '#000000', 0.15);
