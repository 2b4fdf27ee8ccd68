import fc from 'fast-check';
import { expect, test } from 'vitest';
import { contrast, legible, luminance, mix, readableOn } from '../../src/core/brand/colours.ts';
import { variablesOf } from '../../src/portal/theme.ts';

const colour = fc
  .tuple(fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`);

test('black on white has the highest contrast, a colour on itself the lowest', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#0b7285', '#0b7285')).toBe(1);
  expect(luminance('#ffffff')).toBeCloseTo(1, 5);
  expect(mix('#000000', '#ffffff', 0.5)).toBe('#808080');
});

test('what is written on any colour of an operator can be read', () => {
  fc.assert(fc.property(colour, (background) => contrast(background, readableOn(background)) >= 4.5));
});

test('an accent is moved only as far as it must be to be read', () => {
  fc.assert(
    fc.property(colour, colour, (accent, background) => {
      const shown = legible(accent, [background]);
      expect(contrast(shown, background)).toBeGreaterThanOrEqual(4.5);
      if (contrast(accent, background) >= 4.5) expect(shown).toBe(accent);
    }),
  );
});

test('whatever three colours an operator chooses, texts keep the contrast of WCAG AA in light and in dark', () => {
  fc.assert(
    fc.property(colour, colour, colour, (primary, background, text) => {
      const { light, dark } = variablesOf({ primary, background, text })({} as never);
      for (const scheme of [light, dark]) {
        const of = (name: string) => (scheme as Record<string, string>)[name] ?? '';
        for (const surface of ['--p-canvas', '--p-surface']) {
          expect(contrast(of('--mantine-color-text'), of(surface))).toBeGreaterThanOrEqual(4.5);
          expect(contrast(of('--p-accent'), of(surface))).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrast(of('--mantine-color-dimmed'), of('--p-surface'))).toBeGreaterThanOrEqual(4.5);
        for (const under of ['surface', 'canvas', 'accent-soft']) {
          expect(contrast(of('--p-accent'), of(`--p-${under}`))).toBeGreaterThanOrEqual(4.5);
        }
        expect(contrast(of('--p-line-strong'), of('--p-surface'))).toBeGreaterThanOrEqual(3);
        for (const state of ['good', 'warn', 'bad', 'idle']) {
          expect(contrast(of(`--p-${state}`), of(`--p-${state}-soft`))).toBeGreaterThanOrEqual(4.5);
          expect(contrast(of(`--p-${state}`), of('--p-surface'))).toBeGreaterThanOrEqual(4.5);
        }
      }
    }),
  );
});
