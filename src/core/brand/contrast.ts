/** WCAG 2.2, 1.4.3: what text needs before its ground. */
export const READABLE = 4.5;

/** The contrast of two colours (#rrggbb), from 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** White or near-black, whichever is read better on this colour. */
export function inkOn(ground: string): '#ffffff' | '#16212b' {
  return contrastOf(ground, '#ffffff') >= contrastOf(ground, '#16212b') ? '#ffffff' : '#16212b';
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
