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

/** Prints text wrapped to the box and gives the height it took. Any script is accepted; see `outlines`. */
export function printText(document: Document, text: string, box: TextBox, style: TextStyle): number {
  // The locale's narrow spaces are in no standard font.
  const plain = text.replace(/[\u202f\u2009]/g, '\u00a0').normalize('NFC');
  return isStandard(plain) ? printStandard(document, plain, box, style) : printOutlines(document, plain, box, style);
}

function printStandard(document: Document, text: string, { x, y, width }: TextBox, style: TextStyle): number {
  document.font(style.bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(style.size);
  document.fillColor(style.colour ?? INK);
  const options = { width, lineGap: style.size * (LINE - document.currentLineHeight() / style.size) };
  document.text(text, x, y, options);
  return document.heightOfString(text, options);
}

function printOutlines(document: Document, text: string, { x, y, width }: TextBox, style: TextStyle): number {
  const { size, bold = false, colour = INK } = style;
  const lines = wrap(text, (line) => outlineOf(line).width * size <= width);
  lines.forEach((line, index) => {
    const baseline = y + (index * LINE + ASCENT) * size;
    drawOutline(document, outlineOf(line), { x, baseline, size, colour, bold });
  });
  return lines.length * LINE * size;
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
