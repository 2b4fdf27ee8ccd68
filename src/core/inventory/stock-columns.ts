import { type Identifier, identifierSchema } from '../domain/inventory.ts';
import { SIM_SECRETS, type SimSecret } from './secrets.ts';

/** What a column of a stock file may say about an item. */
export type StockField = Identifier | SimSecret | 'label' | 'template' | 'status' | 'store';
export const STOCK_FIELDS: readonly StockField[] = [
  ...identifierSchema.options,
  ...SIM_SECRETS,
  'label',
  'template',
  'status',
  'store',
];

/** Header words of suppliers and back offices, in English, French, Spanish and Portuguese, folded by `foldHeader`. */
const SYNONYMS: Record<StockField, readonly string[]> = {
  iccid: [
    'iccid',
    'icc',
    'ccid',
    'sim',
    'simnumber',
    'simno',
    'simserial',
    'simserialnumber',
    'cardnumber',
    'numerosim',
    'numerodesim',
    'numeroiccid',
    'numerocarte',
    'numerodecarte',
    'cartesim',
    'tarjetasim',
    'numerotarjeta',
    'numerodetarjeta',
    'cartaosim',
    'numerocartao',
    'numerodocartao',
  ],
  imsi: ['imsi', 'imsi1'],
  msisdn: [
    'msisdn',
    'number',
    'phonenumber',
    'phone',
    'telephone',
    'telephonenumber',
    'mobile',
    'mobilenumber',
    'tel',
    'did',
    'e164',
    'numero',
    'numerodetelephone',
    'numerotelephone',
    'numeromobile',
    'numerodemobile',
    'telefono',
    'numerodetelefono',
    'numerotelefono',
    'movil',
    'numeromovil',
    'telefone',
    'numerodetelefone',
    'numerotelefone',
    'telemovel',
    'celular',
    'numerocelular',
  ],
  imei: ['imei', 'imei1', 'numeroimei'],
  serial: [
    'serial',
    'serialnumber',
    'serialno',
    'sn',
    'numerodeserie',
    'numeroserie',
    'noserie',
    'nserie',
    'serie',
    'numerodeserie',
    'gponsn',
    'ontsn',
    'ponsn',
  ],
  mac: ['mac', 'macaddress', 'adressemac', 'direccionmac', 'enderecomac', 'ethernetmac', 'wanmac', 'macid'],
  pin1: ['pin1', 'pin', 'chv1', 'codepin', 'codepin1', 'codigopin'],
  puk1: ['puk1', 'puk', 'unblockchv1', 'codepuk', 'codepuk1', 'codigopuk'],
  pin2: ['pin2', 'chv2', 'codepin2'],
  puk2: ['puk2', 'unblockchv2', 'codepuk2'],
  ki: ['ki', 'k', 'authenticationkey', 'eki'],
  opc: ['opc'],
  adm1: ['adm1', 'adm', 'codeadm'],
  esim_activation_code: [
    'esimactivationcode',
    'activationcode',
    'esimcode',
    'lpa',
    'lpastring',
    'codeactivation',
    'codedactivation',
    'codedactivationesim',
    'codigoactivacion',
    'codigodeactivacion',
    'codigoativacao',
    'codigodeativacao',
  ],
  label: [
    'label',
    'itemlabel',
    'name',
    'itemname',
    'reference',
    'etiquette',
    'libelle',
    'nom',
    'etiqueta',
    'nombre',
    'referencia',
    'rotulo',
    'nome',
  ],
  template: [
    'template',
    'type',
    'itemtype',
    'inventorytemplate',
    'kind',
    'category',
    'modele',
    'typearticle',
    'tipo',
    'plantilla',
    'modelo',
    'categorie',
    'categoria',
  ],
  status: ['status', 'state', 'itemstatus', 'statut', 'etat', 'estado', 'situacao'],
  store: [
    'store',
    'shop',
    'location',
    'storename',
    'storeid',
    'shopid',
    'magasin',
    'boutique',
    'point de vente',
    'pointdevente',
    'tienda',
    'sucursal',
    'ubicacion',
    'loja',
    'localizacao',
  ],
};

const FIELD_OF = new Map<string, StockField>(
  STOCK_FIELDS.flatMap((field) => SYNONYMS[field].map((word) => [word, field] as const)),
);

/** A header without accents, case, spaces and punctuation: `N° de série` and `no_de_serie` meet. */
export function foldHeader(header: string): string {
  return header
    .replace(/[°º]/g, 'o')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^(?:no|n)(?=de|serie|sim|iccid|carte|tarjeta|cartao|tel|imei|mobile|movil)/, 'numero');
}

export interface MappedColumn {
  readonly header: string;
  /** Null: the column is not read. */
  readonly field: StockField | null;
}

/**
 * Which field each column holds. `chosen` (header to field, from the caller) wins over the known words; a field is
 * read from its first column only. An unknown field name in `chosen` leaves the column unread.
 */
export function mapColumns(headers: readonly string[], chosen: Readonly<Record<string, string>> = {}): MappedColumn[] {
  const wanted = new Map(Object.entries(chosen).map(([header, field]) => [foldHeader(header), field]));
  const named = STOCK_FIELDS.filter((field) => [...wanted.values()].includes(field));
  const taken = new Set<StockField>();
  return headers.map((header) => {
    const word = foldHeader(header);
    const choice = wanted.get(word);
    const field = choice === undefined ? FIELD_OF.get(word) : STOCK_FIELDS.find((known) => known === choice);
    const free = field !== undefined && !taken.has(field) && (choice !== undefined || !named.includes(field));
    if (!free) return { header, field: null };
    taken.add(field);
    return { header, field };
  });
}
