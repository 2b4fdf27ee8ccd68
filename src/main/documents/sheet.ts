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
  readonly qr: { readonly text: string; readonly caption: string };
  readonly slip: Slip | null;
}

export interface Slip {
  readonly title: string;
  readonly hint: string;
  readonly cut: string;
  readonly codes: readonly { readonly label: string; readonly text: string }[];
}

const MARGIN = 48;
const QR_SIZE = 110;
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
  y = await printQr(document, sheet.qr, y + 16);
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

async function printQr(document: Document, { text, caption }: Sheet['qr'], y: number): Promise<number> {
  const image = await QRCode.toBuffer(text, { type: 'png', errorCorrectionLevel: 'M', margin: 0, width: 440 });
  document.image(image, MARGIN, y, { width: QR_SIZE, height: QR_SIZE });
  const width = document.page.width - 2 * MARGIN - QR_SIZE - 16;
  printText(document, caption, { x: MARGIN + QR_SIZE + 16, y: y + QR_SIZE / 2 - 8, width }, { size: 12 });
  return y + QR_SIZE;
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
