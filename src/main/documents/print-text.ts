import { type Outline, outlineOf } from './outlines.ts';

type Document = PDFKit.PDFDocument;

export interface TextStyle {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
}

export interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

const LINE = 1.25;
const ASCENT = 0.95;
const BOLD_STROKE = 0.035;
const INK = '#111111';

/** Windows-1252 beyond Latin-1: what the standard fonts have besides. */
const EXTRA = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
const isStandard = (text: string) =>
  [...text].every((character) => EXTRA.includes(character) || /[\u0020-\u007e\u00a0-\u00ff]/.test(character));

/**
 * Prints text wrapped to the box and gives the height it took. What is seen are outlines, the same with every printer and
 * in any script; over them lies the text itself, invisible, to be searched and copied where the standard font has it.
 */
export function printText(document: Document, text: string, box: TextBox, style: TextStyle): number {
  const { size, bold = false, colour = INK } = style;
  // The locale's narrow spaces are as wide as they look, but no standard font has them.
  const plain = text.replace(/[\u202f\u2009]/g, '\u00a0').normalize('NFC');
  const lines = wrap(plain, (line) => outlineOf(line).width * size <= box.width);
  lines.forEach((line, index) => {
    const outline = outlineOf(line);
    const top = box.y + index * LINE * size;
    drawOutline(document, outline, { x: box.x, baseline: top + ASCENT * size, size, colour, bold });
    if (isStandard(line)) layText(document, line, { x: box.x, y: top, width: outline.width * size }, size);
  });
  return lines.length * LINE * size;
}

/** Text that can be selected but not seen, stretched over what is seen. */
function layText(document: Document, line: string, { x, y, width }: TextBox, size: number): void {
  document.save().font('Helvetica').fontSize(size).fillOpacity(0);
  const natural = document.widthOfString(line);
  const horizontalScaling = natural > 0 ? (width / natural) * 100 : 100;
  // The option is newer than the library's types.
  const options: PDFKit.Mixins.TextOptions & { horizontalScaling: number } = { lineBreak: false, horizontalScaling };
  document.text(line, x, y, options);
  document.restore();
}

interface Pen {
  readonly x: number;
  readonly baseline: number;
  readonly size: number;
  readonly colour: string;
  readonly bold: boolean;
}

function drawOutline(document: Document, { glyphs }: Outline, { x, baseline, size, colour, bold }: Pen): void {
  for (const { svg, scale, ...at } of glyphs) {
    if (svg === '') continue;
    const toPoints = scale * size;
    document.save();
    // Outlines grow upwards, pages downwards.
    document.translate(x + at.x * size, baseline - at.y * size).scale(toPoints, -toPoints);
    document.path(svg);
    // There is one weight of outlines; a stroke around it makes it bold.
    if (bold) document.lineWidth(BOLD_STROKE / scale).fillAndStroke(colour, colour);
    else document.fill(colour);
    document.restore();
  }
}

/** Breaks at spaces; a word longer than a line is broken where the line ends. */
function wrap(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = '';
    for (const character of word) {
      if (line !== '' && !fits(line + character)) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
  }
  return line === '' ? lines : [...lines, line];
}
