import { describe, expect, it } from 'vitest';
import { mapColumns } from '#core/inventory/stock-columns.ts';

const fieldsOf = (headers: string[], chosen = {}) => mapColumns(headers, chosen).map(({ field }) => field);

describe('columns of a stock file', () => {
  it('are known by their words in four languages, whatever their case, accents and punctuation', () => {
    expect(fieldsOf(['ICC-ID', 'Serial No.', 'Phone Number'])).toEqual(['iccid', 'serial', 'msisdn']);
    expect(fieldsOf(['N° de série', 'Numéro de téléphone', 'Magasin', 'Libellé'])).toEqual([
      'serial',
      'msisdn',
      'store',
      'label',
    ]);
    expect(fieldsOf(['Número de teléfono', 'Tarjeta SIM', 'Tienda', 'Estado'])).toEqual([
      'msisdn',
      'iccid',
      'store',
      'status',
    ]);
    expect(fieldsOf(['Nº de série', 'Telemóvel', 'Loja', 'Etiqueta'])).toEqual(['serial', 'msisdn', 'store', 'label']);
  });

  it('that nobody knows are ignored and said', () => {
    expect(mapColumns(['ICCID', 'Colour'])).toEqual([
      { header: 'ICCID', field: 'iccid' },
      { header: 'Colour', field: null },
    ]);
  });

  it('are read as the caller says, before what their word means', () => {
    expect(fieldsOf(['Card', 'ICCID'], { Card: 'iccid' })).toEqual(['iccid', null]);
    expect(fieldsOf(['Reference'], { reference: 'serial' })).toEqual(['serial']);
    expect(fieldsOf(['Serial'], { Serial: 'no_such_field' })).toEqual([null]);
  });

  it('give a field once: of two columns with one meaning the first is read', () => {
    expect(fieldsOf(['PUK', 'PUK1'])).toEqual(['puk1', null]);
  });
});
