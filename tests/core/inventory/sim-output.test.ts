import { describe, expect, it } from 'vitest';
import {
  isSimOutput,
  printedIccid,
  printedImsi,
  readSimOutputHeader,
  splitSimOutputLine,
} from '#core/inventory/sim-output.ts';

const fieldsOf = (line: string) => readSimOutputHeader([line])?.columns.map(({ field }) => field);

describe('a SIM maker’s output file', () => {
  it('is told by its Var_Out line and describes itself above it', () => {
    const lines = [
      '***',
      '* Customer: Demo Mobile',
      'Quantity : 3',
      '***',
      'Var_In:',
      'IMSI: 234',
      'Var_Out: IMSI/ICCID/Ki',
    ];
    expect(isSimOutput(lines.join('\r\n'))).toBe(true);
    const header = readSimOutputHeader(lines);
    expect(header?.description.get('Customer')).toBe('Demo Mobile');
    expect(header?.description.get('Quantity')).toBe('3');
    expect(header?.firstLine).toBe(7);
  });

  it('is not a CSV file that happens to speak of variables', () => {
    expect(isSimOutput('iccid,note\n8944,var out of stock')).toBe(false);
  });

  it('names its columns with slashes, commas or blanks, in any case', () => {
    const expected = ['imsi', 'iccid', 'pin1', 'puk1', 'pin2', 'puk2', 'ki'];
    expect(fieldsOf('Var_Out:IMSI/ICCID/PIN1/PUK1/PIN2/PUK2/Ki')).toEqual(expected);
    expect(fieldsOf('*var_out: imsi, iccid, pin1, puk1, pin2, puk2, KI')).toEqual(expected);
    expect(fieldsOf('VAR_OUT IMSI ICCID PIN1 PUK1 PIN2 PUK2 KI')).toEqual(expected);
  });

  it('may hold columns with blanks in their names, which are ignored', () => {
    expect(fieldsOf('var_out:ICCID/IMSI/KI/Access_Control/Code Retailer/ADM2')).toEqual([
      'iccid',
      'imsi',
      'ki',
      null,
      null,
      null,
    ]);
  });

  it('may name its columns on the line after Var_Out', () => {
    const header = readSimOutputHeader(['Var_Out:', '*****', 'ICCID/IMSI', '8944 234']);
    expect(header?.columns.map(({ field }) => field)).toEqual(['iccid', 'imsi']);
    expect(header?.firstLine).toBe(3);
  });

  it('separates values by blanks or by the sign that gives as many values as columns', () => {
    expect(splitSimOutputLine('  8944  234 0000 ', 3)).toEqual(['8944', '234', '0000']);
    expect(splitSimOutputLine('8944/234/0000', 3)).toEqual(['8944', '234', '0000']);
    expect(splitSimOutputLine('8944;;0000', 3)).toEqual(['8944', '', '0000']);
  });

  it('gives card numbers as printed or as the card holds them, nibbles swapped', () => {
    expect(printedIccid('8944110000000000014F')).toBe('8944110000000000014F');
    expect(printedIccid('984411000000000010F4')).toBe('8944110000000000014F');
    expect(printedImsi('082943051032547698')).toBe('234500123456789');
    expect(printedImsi('234500123456789')).toBe('234500123456789');
  });
});
