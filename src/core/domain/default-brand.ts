import type { Brand } from './portal.ts';

/** The portal's look where the operator has set none. Apart from the schemas, so that a page can have it alone. */
export const defaultBrand: Brand = {
  name: 'Comptoir',
  logo: null,
  colours: { primary: '#0b7285', background: '#f6f8f9', text: '#16212b' },
  css: '',
  hidden: [],
  redirects: {},
  texts: {},
  frameOrigins: [],
};
