/*
 * Reading EF_ICCID (3F00/2FE2) from a SIM or UICC: ETSI TS 102 221 (USIM style, class 00) and 3GPP TS 51.011 (2G style,
 * class A0). The file is always readable, so no PIN is ever asked for or tried: no command here is VERIFY.
 */

export type ApduStyle = 'usim' | '2g';

const MF = [0x3f, 0x00] as const;
const EF_ICCID = [0x2f, 0xe2] as const;
const ICCID_BYTES = 10;

const classOf = (style: ApduStyle): number => (style === 'usim' ? 0x00 : 0xa0);

/** SELECT by file id. USIM style asks for the FCP (P2 = 04), the one form that all cards know. */
export function selectFile(style: ApduStyle, file: readonly [number, number]): Uint8Array {
  return Uint8Array.of(classOf(style), 0xa4, 0x00, style === 'usim' ? 0x04 : 0x00, 0x02, ...file);
}

export function readBinary(style: ApduStyle, length: number): Uint8Array {
  return Uint8Array.of(classOf(style), 0xb0, 0x00, 0x00, length);
}

export function getResponse(style: ApduStyle, length: number): Uint8Array {
  return Uint8Array.of(classOf(style), 0xc0, 0x00, 0x00, length);
}

/** A card's answer: `more` and `wrong_length` carry the length to ask for; `error` any other status, and no status at all. */
export type ApduAnswer =
  | { readonly status: 'ok'; readonly data: Uint8Array }
  | { readonly status: 'more' | 'wrong_length'; readonly length: number }
  | { readonly status: 'error'; readonly code: string };

export function parseAnswer(bytes: Uint8Array): ApduAnswer {
  const [sw1, sw2] = bytes.subarray(-2);
  if (sw1 === undefined || sw2 === undefined) return { status: 'error', code: 'none' };
  if (sw1 === 0x90 && sw2 === 0x00) return { status: 'ok', data: bytes.slice(0, -2) };
  if (sw1 === 0x61 || sw1 === 0x9f) return { status: 'more', length: sw2 };
  if (sw1 === 0x6c) return { status: 'wrong_length', length: sw2 };
  return { status: 'error', code: ((sw1 << 8) | sw2).toString(16).padStart(4, '0') };
}

/** The digits of nibble-swapped BCD, up to the F filler; null when it holds anything but digits, or none. */
export function decodeIccid(bytes: Uint8Array): string | null {
  const nibbles = [...bytes].map((byte) => ((byte & 0x0f).toString(16) + (byte >> 4).toString(16)).toLowerCase());
  return /^(\d+)f*$/.exec(nibbles.join(''))?.[1] ?? null;
}

/** The bytes of EF_ICCID for these digits, filled with F: the inverse of `decodeIccid`, for writing cards in tests. */
export function encodeIccid(digits: string): Uint8Array {
  const filled = digits.padEnd(ICCID_BYTES * 2, 'f');
  const swapped = filled.match(/../g)?.map((pair) => Number.parseInt(`${pair[1]}${pair[0]}`, 16)) ?? [];
  return Uint8Array.from(swapped);
}

export type IccidRead = { readonly ok: true; readonly iccid: string } | { readonly ok: false; readonly detail: string };

type Exchange<T> = Generator<Uint8Array, T, Uint8Array>;

function* select(style: ApduStyle, file: readonly [number, number]): Exchange<string | null> {
  const answer = parseAnswer(yield selectFile(style, file));
  if (answer.status === 'ok' || answer.status === 'more') return null;
  return answer.status === 'error' ? answer.code : 'wrong length';
}

/** READ BINARY of the selected file; follows 6Cxx, 61xx and 9Fxx twice at most, so a mad card can't keep it going. */
function* read(style: ApduStyle): Exchange<ApduAnswer> {
  let answer = parseAnswer(yield readBinary(style, ICCID_BYTES));
  for (let tries = 0; tries < 2 && (answer.status === 'wrong_length' || answer.status === 'more'); tries += 1) {
    const again = answer.status === 'more' ? getResponse : readBinary;
    answer = parseAnswer(yield again(style, answer.length));
  }
  return answer;
}

function* readStyle(style: ApduStyle): Exchange<IccidRead> {
  const refused = (yield* select(style, MF)) ?? (yield* select(style, EF_ICCID));
  if (refused !== null) return { ok: false, detail: `${style} SELECT ${refused}` };
  const answer = yield* read(style);
  if (answer.status !== 'ok') {
    return { ok: false, detail: `${style} READ ${answer.status === 'error' ? answer.code : answer.status}` };
  }
  const iccid = decodeIccid(answer.data);
  return iccid === null ? { ok: false, detail: `${style} EF_ICCID is not BCD` } : { ok: true, iccid };
}

/**
 * The whole exchange with a card as a generator: yields each command, is given each answer, returns the ICCID in bare
 * digits. USIM style first, then 2G style for cards that know no class 00.
 */
export function* readIccidExchange(): Exchange<IccidRead> {
  const usim = yield* readStyle('usim');
  if (usim.ok) return usim;
  const old = yield* readStyle('2g');
  return old.ok ? old : { ok: false, detail: `${usim.detail}, ${old.detail}` };
}
