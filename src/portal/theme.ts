import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  type MantineThemeOverride,
  rem,
} from '@mantine/core';
import { legible, mix, readableOn } from '#core/brand/colours.ts';
import { type Surfaces, surfacesOf } from '#core/brand/surfaces.ts';
import type { ShownBrand } from '#core/contract/portal/access.ts';

type Colours = ShownBrand['colours'];

/** Ten shades of one colour; the seventh is the colour itself. */
function shades(colour: string): MantineColorsTuple {
  const lighter = [0.94, 0.86, 0.72, 0.56, 0.38, 0.18].map((share) => mix(colour, '#ffffff', share));
  const darker = [0.14, 0.28, 0.42].map((share) => mix(colour, '#000000', share));
  return [...lighter, colour, ...darker] as unknown as MantineColorsTuple;
}

/** Cool greys; a body text on them keeps its contrast. */
const grey: MantineColorsTuple = [
  ...(['#f7f9fa', '#eff2f4', '#e2e7ea', '#d0d8dc', '#aeb9bf'] as const),
  ...(['#84929a', '#5f6d75', '#465259', '#303a40', '#1d2529'] as const),
];
const dark: MantineColorsTuple = [
  ...(['#e2e8eb', '#c2cbd0', '#98a4aa', '#6d7a81', '#39444a'] as const),
  ...(['#2b353a', '#20292d', '#182024', '#0f1417', '#0a0e10'] as const),
];

/** A pressed or touched thing of the smallest size: WCAG's 24 px is too little for a thumb. */
const TARGET = rem(44);

/** The theme in the operator's colours. What is written on them is black or white, whichever is easier to read. */
export function themeOf({ primary }: Colours): MantineThemeOverride {
  return createTheme({
    primaryColor: 'brand',
    primaryShade: { light: 6, dark: 6 },
    colors: { brand: shades(primary), gray: grey, dark },
    autoContrast: true,
    // The system's own letters: nothing to load, nothing that jumps.
    fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
    fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
    fontSizes: { xs: rem(13), sm: rem(15), md: rem(16), lg: rem(18), xl: rem(22) },
    lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.45', xl: '1.3' },
    headings: {
      fontWeight: '650',
      sizes: {
        h1: { fontSize: rem(26), lineHeight: '1.2' },
        h2: { fontSize: rem(18), lineHeight: '1.3' },
        h3: { fontSize: rem(16), lineHeight: '1.35' },
      },
    },
    radius: { xs: rem(4), sm: rem(6), md: rem(10), lg: rem(14), xl: rem(22) },
    defaultRadius: 'md',
    spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
    cursorType: 'pointer',
    focusRing: 'auto',
    respectReducedMotion: true,
    components: {
      Button: {
        defaultProps: { size: 'md' },
        styles: {
          // A link as a button is as high as its words, and they stand in the middle of it all the same.
          root: {
            display: 'inline-grid',
            alignItems: 'center',
            minHeight: TARGET,
            height: 'auto',
            paddingBlock: rem(6),
            fontWeight: 600,
          },
          label: { whiteSpace: 'normal' },
        },
      },
      ActionIcon: { defaultProps: { size: 44, variant: 'subtle' } },
      TextInput: { defaultProps: { size: 'md' }, styles: { input: { minHeight: TARGET } } },
      PasswordInput: { defaultProps: { size: 'md' }, styles: { input: { minHeight: TARGET } } },
      NativeSelect: { defaultProps: { size: 'md' }, styles: { input: { minHeight: TARGET } } },
      Checkbox: { defaultProps: { size: 'md' } },
      Switch: { defaultProps: { size: 'md' } },
      Radio: { defaultProps: { size: 'md' } },
      Anchor: { defaultProps: { underline: 'always' } },
      Skeleton: { defaultProps: { radius: 'sm' } },
      Badge: {
        defaultProps: { radius: 'sm', variant: 'light', size: 'lg' },
        styles: { label: { textTransform: 'none', fontSize: rem(13), fontWeight: 600 } },
      },
    },
  });
}

/** Surfaces and lines by name, so that no screen picks greys of its own. */
export function variablesOf(colours: Colours): CSSVariablesResolver {
  const { light, dark } = surfacesOf(colours);
  // The edge of something to be filled in: 3 to 1 by WCAG.
  const lineStrong = legible(mix(light.surface, light.text, 0.35), [light.surface], 3);
  const sunken = mix(light.surface, light.text, 0.05);
  const dimmed = legible(mix(light.text, light.surface, 0.35), [light.surface, light.canvas, sunken]);
  return () => ({
    variables: {
      '--p-primary': colours.primary,
      '--p-on-primary': readableOn(colours.primary),
    },
    light: {
      ...named(light, { lineStrong, sunken, dimmed, error: legible('#c4262e', [light.surface, light.canvas]) }),
      '--mantine-color-placeholder': dimmed,
    },
    dark: {
      ...named(dark, { lineStrong: '#66747c', sunken: '#111719', dimmed: '#a3afb5', error: '#ff9094' }),
      '--mantine-color-placeholder': '#94a1a8',
    },
  });
}

/** Greys and a red beside the surfaces. */
interface Shades {
  readonly lineStrong: string;
  readonly sunken: string;
  readonly dimmed: string;
  readonly error: string;
}

function named({ isDark, canvas, surface, text, line, accent, accentSoft }: Surfaces, shades: Shades) {
  const { lineStrong, sunken, dimmed, error } = shades;
  return {
    '--mantine-color-body': surface,
    '--mantine-color-text': text,
    '--mantine-color-dimmed': dimmed,
    '--mantine-color-anchor': accent,
    '--mantine-color-error': error,
    '--mantine-color-default-border': lineStrong,
    '--mantine-color-brand-light': accentSoft,
    '--mantine-color-brand-light-color': accent,
    '--mantine-color-brand-outline': accent,
    '--p-canvas': canvas,
    '--p-surface': surface,
    '--p-sunken': sunken,
    '--p-line': line,
    '--p-line-strong': lineStrong,
    '--p-accent': accent,
    '--p-accent-soft': accentSoft,
    ...states(isDark, surface),
  };
}

/** Green, amber, red and grey mean a state and nothing else; each has a soft ground for its words. */
function states(onDark: boolean, surface: string): Record<string, string> {
  const grounds = onDark
    ? { good: '#15301f', warn: '#36280f', bad: '#3d1a1d', idle: '#2a3338' }
    : { good: '#e2f4ea', warn: '#fdf0d8', bad: '#fce8e8', idle: '#eaeef0' };
  const words = onDark
    ? { good: '#6bd69a', warn: '#f2bb62', bad: '#ff9a9d', idle: '#b3bdc3' }
    : { good: '#10693a', warn: '#824a05', bad: '#a81f27', idle: '#4f5a61' };
  const names = Object.keys(grounds) as (keyof typeof grounds)[];
  return Object.fromEntries(
    names.flatMap((name) => [
      [`--p-${name}`, legible(words[name], [grounds[name], surface])],
      [`--p-${name}-soft`, grounds[name]],
    ]),
  );
}
