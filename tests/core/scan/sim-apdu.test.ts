import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeIccid, encodeIccid, type IccidRead, parseAnswer, readIccidExchange } from '#core/scan/sim-apdu.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const answer = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/** Runs the exchange against a card given as a function from command to answer, both in hexadecimal. */
function readFrom(card: (command: string) => string): { result: IccidRead; commands: string[] } {
  const exchange = readIccidExchange();
  const commands: string[] = [];
  let step = exchange.next();
  while (!step.done) {
    commands.push(hex(step.value));
    step = exchange.next(answer(card(hex(step.value))));
  }
  return { result: step.value, commands };
}

const iccid = '8944110068250000010';
const content = hex(encodeIccid(iccid));

describe('a card is read', () => {
  test('in USIM style', () => {
    const { result, commands } = readFrom((c) => (c.startsWith('00b0') ? `${content}9000` : '6129'));
    expect(result).toEqual({ ok: true, iccid });
    expect(commands).toEqual(['00a40004023f00', '00a40004022fe2', '00b000000a']);
  });

  test('in 2G style when it knows no class 00', () => {
    const { result, commands } = readFrom((c) => {
      if (c.startsWith('00')) return '6e00';
      return c.startsWith('a0b0') ? `${content}9000` : '9f0f';
    });
    expect(result).toEqual({ ok: true, iccid });
    expect(commands.slice(1)).toEqual(['a0a40000023f00', 'a0a40000022fe2', 'a0b000000a']);
  });

  test('again with the length that it asks for', () => {
    const cards = { '00b000000a': '6c08', '00b0000008': `${content.slice(0, 16)}9000` };
    const { result } = readFrom((c) => cards[c as keyof typeof cards] ?? '9000');
    expect(result).toEqual({ ok: true, iccid: iccid.slice(0, 16) });
  });

  test('through GET RESPONSE when it says that there is more', () => {
    const { result, commands } = readFrom((c) => {
      if (c.startsWith('00c0')) return `${content}9000`;
      return c.startsWith('00b0') ? '610a' : '9000';
    });
    expect(result).toEqual({ ok: true, iccid });
    expect(commands.at(-1)).toBe('00c000000a');
  });
});

describe('a card that cannot be read says why', () => {
  test.each([
    ['an empty card', () => '6a82', 'usim SELECT 6a82, 2g SELECT 6a82'],
    ['a mute answer', () => '', 'usim SELECT none, 2g SELECT none'],
    ['an answer of one byte', () => '90', 'usim SELECT none, 2g SELECT none'],
    [
      'a blank file',
      (c: string) => (c[3] === '0' ? `${'ff'.repeat(10)}9000` : '9000'),
      'usim EF_ICCID is not BCD, 2g EF_ICCID is not BCD',
    ],
    [
      'a card that always wants another length',
      (c: string) => (c[3] === '0' ? '6c0a' : '9000'),
      'usim READ wrong_length, 2g READ wrong_length',
    ],
  ])('%s', (_what, card, detail) => {
    expect(readFrom(card).result).toEqual({ ok: false, detail });
  });

  test('and whatever it answers, the exchange ends and never sends VERIFY', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.uint8Array({ maxLength: 14 })), (answers) => {
        const { commands } = readFrom(() => hex(answers.next().value ?? new Uint8Array()));
        expect(commands.length).toBeLessThanOrEqual(10);
        for (const command of commands) expect(['a4', 'b0', 'c0']).toContain(command.slice(2, 4));
      }),
    );
  });
});

test('digits survive nibble swapping and filling', () => {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(digits, (d) => {
      expect(decodeIccid(encodeIccid(d))).toBe(d);
    }),
  );
  expect(hex(encodeIccid(iccid))).toBe('984411008652000010f0');
});

test('F inside the digits is no ICCID', () => {
  expect(decodeIccid(answer('98f4110086520000a0f0'))).toBeNull();
  expect(decodeIccid(new Uint8Array())).toBeNull();
});

test('status words', () => {
  expect(parseAnswer(answer('01029000'))).toEqual({ status: 'ok', data: Uint8Array.of(1, 2) });
  expect(parseAnswer(answer('9f1a'))).toEqual({ status: 'more', length: 26 });
  expect(parseAnswer(answer('6982'))).toEqual({ status: 'error', code: '6982' });
});
