import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple, rem } from '@mantine/core';

/** The one accent colour. Green, amber and red mean a state and nothing else. */
const iris: MantineColorsTuple = [
  '#f3f3fe',
  '#e6e6fa',
  '#cbcaf3',
  '#acabeb',
  '#918fe3',
  '#7775dc',
  '#5f5cd3',
  '#4f4cc0',
  '#4340a6',
  '#373488',
];

/** Cool greys, a little blue. */
const slate: MantineColorsTuple = [
  '#f8f9fb',
  '#f1f3f6',
  '#e5e8ed',
  '#d5dae2',
  '#b4bcc8',
  '#8b95a5',
  '#667182',
  '#4a5464',
  '#333b49',
  '#1f2530',
];

const dark: MantineColorsTuple = [
  '#e3e6eb',
  '#c3c8d1',
  '#98a0ad',
  '#6c7584',
  '#363d4a',
  '#2b313c',
  '#20252e',
  '#181c23',
  '#12151b',
  '#0c0e12',
];

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 6 },
  colors: { iris, gray: slate, dark },
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: rem(12.5), sm: rem(14), md: rem(15), lg: rem(17), xl: rem(20) },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: rem(24), lineHeight: '1.25' },
      h2: { fontSize: rem(17), lineHeight: '1.35' },
      h3: { fontSize: rem(15), lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: rem(3), sm: rem(5), md: rem(8), lg: rem(12), xl: rem(20) },
  spacing: { xs: rem(8), sm: rem(12), md: rem(16), lg: rem(24), xl: rem(32) },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      styles: { root: { fontWeight: 550 } },
      // Buttons in rows and cards: a little lower than the page's, with the same letters.
      vars: (_theme, { size }) =>
        size === 'compact-md'
          ? { root: { '--button-height': rem(34), '--button-fz': rem(14), '--button-padding-x': rem(12) } }
          : { root: {} },
    }),
    TextInput: { defaultProps: { size: 'sm' } },
    Paper: { defaultProps: { withBorder: true, radius: 'lg', shadow: 'none' } },
    Card: { defaultProps: { withBorder: true, radius: 'lg', shadow: 'none' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 'xs' } },
    Modal: {
      styles: { title: { fontSize: rem(17), fontWeight: 620 } },
      defaultProps: { radius: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.4 } },
    },
    Popover: { defaultProps: { radius: 'md', shadow: 'lg' } },
    Menu: { defaultProps: { radius: 'md', shadow: 'lg' } },
    Anchor: { defaultProps: { underline: 'hover' } },
    SegmentedControl: { styles: { root: { background: 'var(--c-sunken)', border: '1px solid var(--c-line)' } } },
    Skeleton: { defaultProps: { radius: 'sm' } },
    Badge: {
      defaultProps: { radius: 'sm', variant: 'light' },
      styles: { label: { textTransform: 'none', fontSize: rem(12.5), fontWeight: 550 } },
    },
  },
});

/** Names for surfaces and lines, so that no screen picks greys of its own. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1c2230',
    '--mantine-color-dimmed': '#5b6576',
    '--mantine-color-placeholder': '#6b7586',
    '--mantine-color-error': '#c4262e',
    '--mantine-color-default-border': '#d5dae2',
    '--mantine-color-iris-light': '#ececfc',
    '--mantine-color-iris-light-hover': '#e2e2fa',
    '--mantine-color-iris-light-color': '#4340a6',
    '--c-canvas': '#f7f8fa',
    '--c-surface': '#ffffff',
    '--c-sunken': '#f1f3f6',
    '--c-line': '#e4e7ec',
    '--c-line-strong': '#cdd3dc',
    '--c-hover': '#f3f4f8',
    '--c-accent-soft': '#efeffd',
    '--c-accent-text': '#4340a6',
    '--c-good': '#157a45',
    '--c-good-soft': '#e4f5eb',
    '--c-warn': '#925508',
    '--c-warn-soft': '#fdf1dc',
    '--c-bad': '#b8232b',
    '--c-bad-soft': '#fdeaea',
    '--c-busy': '#1c5fb8',
    '--c-busy-soft': '#e6f0fc',
    '--c-idle': '#596273',
    '--c-idle-soft': '#eef0f4',
  },
  dark: {
    '--mantine-color-body': '#181c23',
    '--mantine-color-text': '#e3e6eb',
    '--mantine-color-dimmed': '#9aa3b2',
    '--mantine-color-placeholder': '#8a94a4',
    '--mantine-color-error': '#ff8b8f',
    '--mantine-color-default-border': '#3b4350',
    '--mantine-color-iris-light': '#26264a',
    '--mantine-color-iris-light-hover': '#2f2f5a',
    '--mantine-color-iris-light-color': '#c3c1f6',
    '--c-canvas': '#12151b',
    '--c-surface': '#181c23',
    '--c-sunken': '#12151b',
    '--c-line': '#2a303b',
    '--c-line-strong': '#3b4350',
    '--c-hover': '#20252e',
    '--c-accent-soft': '#26264a',
    '--c-accent-text': '#b5b3f2',
    '--c-good': '#5fd08f',
    '--c-good-soft': '#15301f',
    '--c-warn': '#f0b554',
    '--c-warn-soft': '#34260d',
    '--c-bad': '#ff8b8f',
    '--c-bad-soft': '#3a181b',
    '--c-busy': '#7db4f8',
    '--c-busy-soft': '#152a45',
    '--c-idle': '#a2abb9',
    '--c-idle-soft': '#252b35',
  },
});
