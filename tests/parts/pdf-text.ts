import { inflateSync } from 'node:zlib';

/** The text that a PDF of ours prints in standard fonts, in the order it is printed. Outlines are not text. */
export function pdfText(pdf: Buffer): string {
  return streamsOf(pdf)
    .flatMap((content) => [...content.matchAll(/\[([^\]]*)\] TJ/g)].map(([, shown]) => shown ?? ''))
    .map((shown) => [...shown.matchAll(/<([0-9a-f]*)>/g)].map(([, hex]) => fromHex(hex ?? '')).join(''))
    .join('\n');
}

/** How many glyphs a PDF of ours draws as outlines. */
export function outlineCount(pdf: Buffer): number {
  return streamsOf(pdf).reduce((sum, content) => sum + [...content.matchAll(/\nf\n|\nB\n/g)].length, 0);
}

const fromHex = (hex: string) => new TextDecoder('windows-1252').decode(Buffer.from(hex, 'hex'));

function streamsOf(pdf: Buffer): string[] {
  const text = pdf.toString('latin1');
  const streams = [...text.matchAll(/<<([^>]*)>>\s*stream\r?\n/g)];
  return streams.flatMap((match) => {
    if (!match[1]?.includes('/FlateDecode') || match[1].includes('/Subtype')) return [];
    const start = match.index + match[0].length;
    const end = text.indexOf('endstream', start);
    try {
      return [inflateSync(pdf.subarray(start, end)).toString('latin1')];
    } catch {
      return [];
    }
  });
}
