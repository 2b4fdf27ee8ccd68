import { createRequire } from 'node:module';

/*
 * Text as outlines of Inter. Printers' and viewers' standard fonts differ, and lack Greek, Cyrillic, Polish and
 * Vietnamese. Inter can't be embedded as a font: its package has WOFF2 files only, and the PDF library can't copy accented
 * letters out of those.
 */

/** What is used of the font library that pdfkit itself stands on. */
interface OutlineFont {
  readonly unitsPerEm: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string): {
    readonly glyphs: readonly { readonly path: { toSVG(): string } }[];
    readonly positions: readonly { readonly xAdvance: number; readonly xOffset: number; readonly yOffset: number }[];
  };
}

const ours = createRequire(import.meta.url);
const fontkit: { openSync(file: string): OutlineFont } = createRequire(ours.resolve('pdfkit'))('fontkit');

const SUBSETS = ['latin', 'latin-ext', 'greek', 'greek-ext', 'cyrillic', 'cyrillic-ext', 'vietnamese'];

/** A glyph at its place on the line, in fractions of the font size. */
interface Placed {
  readonly svg: string;
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Outline {
  /** In fractions of the font size. */
  readonly width: number;
  readonly glyphs: readonly Placed[];
}

const opened = new Map<string, OutlineFont>();

function fontOf(subset: string): OutlineFont {
  const known = opened.get(subset);
  if (known !== undefined) return known;
  const font = fontkit.openSync(ours.resolve(`@fontsource-variable/inter/files/inter-${subset}-wght-normal.woff2`));
  opened.set(subset, font);
  return font;
}

interface Run {
  readonly font: OutlineFont;
  readonly text: string;
}

/**
 * Neighbouring characters of one font, so that they are kerned together. A character that no font has stands alone, as
 * an empty box: within a run, one of a right-to-left script would turn its neighbours around.
 */
function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let joinable = false;
  for (const character of text) {
    const font = fontWith(character);
    const last = runs.at(-1);
    if (joinable && last !== undefined && last.font === font) {
      runs.splice(-1, 1, { font, text: last.text + character });
    } else {
      runs.push({ font: font ?? fontOf('latin'), text: character });
    }
    joinable = font !== undefined;
  }
  return runs;
}

function fontWith(character: string): OutlineFont | undefined {
  const codePoint = character.codePointAt(0) ?? 0;
  const subset = SUBSETS.find((one) => fontOf(one).hasGlyphForCodePoint(codePoint));
  return subset === undefined ? undefined : fontOf(subset);
}

/** One line of text as outlines. Never fails on any character. */
export function outlineOf(text: string): Outline {
  const glyphs: Placed[] = [];
  let width = 0;
  for (const { font, text: part } of runsOf(text)) {
    const scale = 1 / font.unitsPerEm;
    const run = font.layout(part);
    run.positions.forEach(({ xAdvance, xOffset, yOffset }, index) => {
      const svg = run.glyphs[index]?.path.toSVG() ?? '';
      glyphs.push({ svg, x: width + xOffset * scale, y: yOffset * scale, scale });
      width += xAdvance * scale;
    });
  }
  return { width, glyphs };
}
