import type { FastifyReply } from 'fastify';
import type { Brand } from '#core/domain/portal.ts';

export const MANIFEST = '/portal/manifest.webmanifest';

const icon = (file: string, size: number, purpose: 'any' | 'maskable') => ({
  ...{ src: `/portal/icons/${file}.png`, sizes: `${size}x${size}`, type: 'image/png', purpose },
});

/** What a device needs to install the portal as an app, under the operator's own name and in its colours. */
export function sendManifest(reply: FastifyReply, { name, colours }: Brand): FastifyReply {
  const manifest = {
    ...{ id: '/portal/', start_url: '/portal/', scope: '/portal/', display: 'standalone' },
    ...{ name, short_name: name.slice(0, 12).trim() },
    ...{ theme_color: colours.background, background_color: colours.background },
    icons: [icon('icon-192', 192, 'any'), icon('icon-512', 512, 'any'), icon('maskable-512', 512, 'maskable')],
  };
  return reply.header('cache-control', 'no-cache').type('application/manifest+json').send(JSON.stringify(manifest));
}
