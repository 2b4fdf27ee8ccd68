import { ReceiptTarget } from './schema.ts';

const RECEIPT = /^comptoir:(order|draft|customer):([0-9A-Za-z-]{1,64})$/i;

/** The text of our own QR code, `comptoir:order:<id>`, `comptoir:draft:<uuid>` or `comptoir:customer:<id>`. */
export function encodeReceipt(target: ReceiptTarget): string {
  return `comptoir:${target.of}:${target.id}`;
}

/** The target of one of our own QR codes; null for any other text. Upper case is accepted: some readers send it. */
export function parseReceipt(text: string): ReceiptTarget | null {
  const match = RECEIPT.exec(text.trim());
  const of = match?.[1]?.toLowerCase();
  const id = match?.[2]?.toLowerCase() ?? '';
  const parsed = ReceiptTarget.safeParse({ of, id: of === 'draft' ? id : /^[1-9]\d*$/.test(id) ? Number(id) : null });
  return parsed.success ? parsed.data : null;
}
