import type { BrandState } from '#core/contract/central/portal.ts';
import type { CentralDeps } from '../deps.ts';
import { commands, queries } from '../http/implement.ts';
import type { Brands, StoredBrand } from './brands.ts';
import { createPortalLink } from './portal-links.ts';

/** The portal as staff and the operator's own programs handle it. */
export function portalDeskRoutes(brands: Brands, publicUrl: CentralDeps['publicUrl']) {
  const state = (stored: StoredBrand): BrandState => ({ ...stored, portalUrl: `${publicUrl()}/portal/` });
  return {
    portal: {
      createLink: commands.portal.createLink.handler(({ context, input }) =>
        createPortalLink(context, input, publicUrl()),
      ),
      brand: queries.portal.brand.handler(async ({ context }) => state(await brands.read(context.db))),
      changeBrand: commands.portal.changeBrand.handler(async ({ context, input }) =>
        state(await brands.change(context, input)),
      ),
    },
  };
}
