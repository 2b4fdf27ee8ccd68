/** Colour arithmetic for the operator's own colours: six hex digits in, six hex digits out. */

/** WCAG 2.2, 1.4.3: what text needs before its ground. */
export const READABLE = 4.5;

type Rgb = readonly [number, number, number];

function rgbOf(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** `share` of the second colour in the first; 0 is the first alone. */
export function mix(first: string, second: string, share: number): string {
  const b = rgbOf(second);
  const mixed = rgbOf(first).map((part, at) => Math.round(part + ((b[at] ?? 0) - part) * share));
  return `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

/** WCAG 2: relative luminance, 0 (black) to 1 (white). */
export function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = rgbOf(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2: contrast of two colours, 1 to 21. */
export function contrast(first: string, second: string): number {
  const [light = 0, dark = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** Black or white, whichever is easier to read on a colour. */
export function readableOn(background: string): '#000000' | '#ffffff' {
  return contrast(background, '#ffffff') >= contrast(background, '#000000') ? '#ffffff' : '#000000';
}

const STEPS = 20;

/** The colour itself, or the nearest towards black or white that keeps a contrast of `least` to every background. */
export function legible(colour: string, backgrounds: readonly string[], least = READABLE): string {
  const holds = (candidate: string) => backgrounds.every((each) => contrast(candidate, each) >= least);
  const worst = (candidate: string) => Math.min(...backgrounds.map((each) => contrast(candidate, each)));
  const target = worst('#ffffff') >= worst('#000000') ? '#ffffff' : '#000000';
  for (let step = 0; step < STEPS; step += 1) {
    const candidate = mix(colour, target, step / STEPS);
    if (holds(candidate)) return candidate;
  }
  return target;
}
