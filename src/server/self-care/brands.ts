import { createHash } from 'node:crypto';
import { z } from 'zod';
import { checkCss } from '#core/brand/css-check.ts';
import type { BrandState } from '#core/contract/central/portal.ts';
import { type Brand, brandSchema, defaultBrand } from '#core/domain/portal.ts';
import type { CommandContext } from '../context.ts';
import type { Reader } from '../database/connection.ts';
import type { CentralDeps } from '../deps.ts';
import { fail } from '../http/errors.ts';
import { lockSetting, readSetting, writeSetting } from '../system/settings.ts';

const SETTING = 'portal.brand';
/** Pages and style sheets ask for it at every visit, the database is asked this seldom. */
const FRESH_MS = 3_000;

/** The brand as pages are served with it. */
export interface ServedBrand {
  readonly brand: Brand;
  /** Of the logo: changes with it. */
  readonly logoHash: string;
  /** What is safe of the operator's style sheet; empty when there is none. */
  readonly css: string;
  /** Of `css`: changes with every change of it. */
  readonly cssHash: string;
}

export type StoredBrand = Omit<BrandState, 'portalUrl'>;

export interface Brands {
  /** At most a few seconds old. Without a database it is the last one that was read, at worst the portal's own. */
  served(): Promise<ServedBrand>;
  read(reader: Reader): Promise<StoredBrand>;
  /** Throws changed_meanwhile when `version` is not the current one. A change to what it is already leaves all as it is. */
  change(context: CommandContext, input: { version: number; brand: Brand }): Promise<StoredBrand>;
}

export function createBrands({ db, clock, log }: Pick<CentralDeps, 'db' | 'clock' | 'log'>): Brands {
  let kept = servedFrom(defaultBrand);
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<ServedBrand> | undefined;
  const refresh = async () => {
    try {
      kept = servedFrom((await readBrand(db)).brand);
    } catch (err) {
      log.warn({ err }, 'the look of the portal can not be read; the last one stays');
    }
    readAt = clock.now().getTime();
    return kept;
  };
  return {
    async served() {
      if (clock.now().getTime() - readAt < FRESH_MS) return kept;
      reading ??= refresh().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    read: readBrand,
    async change(context, input) {
      const changed = await changeBrand(context, input);
      context.afterCommit(() => {
        readAt = Number.NEGATIVE_INFINITY;
      });
      return changed;
    },
  };
}

function servedFrom(brand: Brand): ServedBrand {
  const { css } = checkCss(brand.css);
  return { brand, logoHash: shortHash(brand.logo ?? ''), css, cssHash: shortHash(css) };
}

function shortHash(content: string): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 16);
}

/** A field that a stricter version no longer takes is the portal's own again; the others stay. */
const storedBrandSchema = z.object({
  name: brandSchema.shape.name.catch(defaultBrand.name),
  logo: brandSchema.shape.logo.catch(defaultBrand.logo),
  colours: brandSchema.shape.colours.catch(defaultBrand.colours),
  css: brandSchema.shape.css.catch(defaultBrand.css),
  hidden: brandSchema.shape.hidden.catch(defaultBrand.hidden),
  redirects: brandSchema.shape.redirects.catch(defaultBrand.redirects),
  texts: brandSchema.shape.texts.catch(defaultBrand.texts),
  frameOrigins: brandSchema.shape.frameOrigins.catch(defaultBrand.frameOrigins),
});
const storedSchema = z.object({
  brand: storedBrandSchema,
  version: z.int(),
  changedAt: z.string().nullable(),
  changedBy: z.string().nullable(),
  previous: storedBrandSchema.nullable(),
});

const untouched: StoredBrand = {
  brand: defaultBrand,
  version: 0,
  changedAt: null,
  changedBy: null,
  previous: null,
};

async function readBrand(reader: Reader): Promise<StoredBrand> {
  const stored = await readSetting(reader, SETTING);
  return stored === undefined ? untouched : storedSchema.parse(stored);
}

async function changeBrand(
  context: CommandContext,
  { version, brand }: { version: number; brand: Brand },
): Promise<StoredBrand> {
  const { tx, clock, actor } = context;
  await lockSetting(tx, SETTING, untouched);
  const before = await readBrand(tx);
  if (version !== before.version) throw fail('changed_meanwhile');
  const fields = changedFields(before.brand, brand);
  if (fields.length === 0) return before;
  const after: StoredBrand = {
    brand,
    version: before.version + 1,
    changedAt: clock.now().toISOString(),
    changedBy: actor.name,
    previous: before.brand,
  };
  await writeSetting(tx, SETTING, after);
  const { frameOrigins } = brand;
  context.audit({
    action: 'portal_brand.changed',
    subject: { type: 'portal_brand', id: after.version },
    // Pictures and style sheets are long; who may frame the portal is what matters most later.
    detail: { fields, ...(fields.includes('frameOrigins') && { frameOrigins }) },
  });
  return after;
}

function changedFields(before: Brand, after: Brand): (keyof Brand)[] {
  const names = Object.keys(brandSchema.shape) as (keyof Brand)[];
  return names.filter((name) => JSON.stringify(sorted(before[name])) !== JSON.stringify(sorted(after[name])));
}

/** JSON as the database gives it back has its keys in an order of its own. */
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
