import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import QRCode from 'qrcode';
import { printText } from './print-text.ts';

/** Everything that is printed, in words already. */
export interface Sheet {
  readonly title: string;
  readonly state: string;
  readonly stateAt: string;
  /** The big line: a number, or the service's name where there is none. */
  readonly headline: { readonly label: string; readonly text: string };
  readonly facts: readonly { readonly label: string; readonly text: string }[];
  readonly qr: Code;
  /** The customer's way to the state of the order, with its address in words. */
  readonly status: Code | null;
  readonly slip: Slip | null;
}

interface Code {
  readonly text: string;
  readonly caption: string;
}

export interface Slip {
  readonly title: string;
  readonly hint: string;
  readonly cut: string;
  readonly codes: readonly { readonly label: string; readonly text: string }[];
}

const MARGIN = 48;
const QR_SIZE = 110;
const SMALLER_QR_SIZE = 96;
const LABEL_WIDTH = 170;
const GREY = '#555555';
const RULE = '#bbbbbb';

type Document = PDFKit.PDFDocument;

/** The sheet as a PDF: one A4 page, which prints on A5 too, because nothing on it is small. */
export async function renderSheet(sheet: Sheet, language: string): Promise<Buffer> {
  const document = new PDFDocument({ size: 'A4', margin: 0, lang: language, info: { Title: sheet.title } });
  const pdf = buffer(document);
  const width = document.page.width - 2 * MARGIN;
  let y = MARGIN;
  y += printText(document, sheet.title, { x: MARGIN, y, width }, { size: 22, bold: true }) + 4;
  y += printText(document, sheet.state, { x: MARGIN, y, width }, { size: 13, bold: true });
  y += printText(document, sheet.stateAt, { x: MARGIN, y, width }, { size: 10, colour: GREY }) + 22;
  y += printText(document, sheet.headline.label, { x: MARGIN, y, width }, { size: 12, colour: GREY }) + 2;
  y += printText(document, sheet.headline.text, { x: MARGIN, y, width }, { size: 34, bold: true }) + 20;
  y = printFacts(document, sheet.facts, y);
  y = await printCodes(document, [sheet.qr, ...(sheet.status === null ? [] : [sheet.status])], y + 16);
  if (sheet.slip !== null) printSlip(document, sheet.slip, y + 24);
  document.end();
  return pdf;
}

function printFacts(document: Document, facts: Sheet['facts'], top: number): number {
  const textWidth = document.page.width - 2 * MARGIN - LABEL_WIDTH;
  let y = top;
  for (const { label, text } of facts) {
    rule(document, y);
    const labelHeight = printText(document, label, { x: MARGIN, y: y + 8, width: LABEL_WIDTH - 12 }, small);
    const box = { x: MARGIN + LABEL_WIDTH, y: y + 7, width: textWidth };
    y += Math.max(labelHeight, printText(document, text, box, { size: 13 })) + 14;
  }
  rule(document, y);
  return y;
}

const small = { size: 11, colour: GREY };

/** Codes side by side, each with its caption. */
async function printCodes(document: Document, codes: readonly Code[], y: number): Promise<number> {
  const column = (document.page.width - 2 * MARGIN) / codes.length;
  const size = codes.length === 1 ? QR_SIZE : SMALLER_QR_SIZE;
  let height = size;
  for (const [index, { text, caption }] of codes.entries()) {
    const x = MARGIN + index * column;
    const image = await QRCode.toBuffer(text, { type: 'png', errorCorrectionLevel: 'M', margin: 0, width: 440 });
    document.image(image, x, y, { width: size, height: size });
    const box = { x: x + size + 12, y: codes.length === 1 ? y + size / 2 - 8 : y, width: column - size - 24 };
    height = Math.max(height, printText(document, caption, box, codes.length === 1 ? { size: 12 } : { size: 10 }));
  }
  return y + height;
}

/** Below a line to cut along, so that the codes can be kept apart from the rest. */
function printSlip(document: Document, slip: Slip, top: number): void {
  const width = document.page.width - 2 * MARGIN;
  document.save().dash(4, { space: 4 });
  rule(document, top);
  document.restore();
  let y = top + 4;
  y += printText(document, slip.cut, { x: MARGIN, y, width }, { size: 8, colour: GREY }) + 10;
  y += printText(document, slip.title, { x: MARGIN, y, width }, { size: 14, bold: true }) + 6;
  for (const { label, text } of slip.codes) {
    printText(document, label, { x: MARGIN, y: y + 1, width: LABEL_WIDTH - 12 }, small);
    y += printText(
      document,
      text,
      { x: MARGIN + LABEL_WIDTH, y, width: width - LABEL_WIDTH },
      { size: 13, bold: true },
    );
    y += 4;
  }
  printText(document, slip.hint, { x: MARGIN, y: y + 6, width }, { size: 10, colour: GREY });
}

function rule(document: Document, y: number): void {
  document
    .moveTo(MARGIN, y)
    .lineTo(document.page.width - MARGIN, y)
    .lineWidth(0.7)
    .stroke(RULE);
}
