import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomFillSync } from 'node:crypto';
import type { SimSecrets } from '#core/inventory/secrets.ts';

/** A card's secrets as they lie in the database. */
export interface SealedSecrets {
  /** Which key sealed them, so that keys can be changed one day. */
  readonly keyId: string;
  readonly nonce: Buffer;
  readonly sealed: Buffer;
}

/** Seals and opens the secrets of cards. A sealed row copied to another item does not open there. */
export interface SecretBox {
  seal(itemId: number, secrets: SimSecrets): SealedSecrets;
  /** Throws when the row was tampered with, belongs to another item or was sealed with another key. */
  open(itemId: number, sealed: SealedSecrets): SimSecrets;
}

const TAG_BYTES = 16;
const NONCE_BYTES = 12;

/** AES-256-GCM with `key` (32 bytes), a fresh nonce for each seal, bound to the item's id. */
export function createSecretBox(key: Buffer): SecretBox {
  const keyId = createHash('sha256').update(key).digest('hex').slice(0, 8);
  const secretKey = createSecretKey(key);
  const nonces = noncePool();
  const boundTo = (itemId: number) => Buffer.from(`item:${itemId}`);
  return {
    seal(itemId, secrets) {
      const nonce = nonces();
      const cipher = createCipheriv('aes-256-gcm', secretKey, nonce).setAAD(boundTo(itemId));
      const body = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
      return { keyId, nonce, sealed: Buffer.concat([body, cipher.getAuthTag()]) };
    },
    open(itemId, { keyId: sealedWith, nonce, sealed }) {
      if (sealedWith !== keyId) throw new Error(`the secrets of item ${itemId} were sealed with key ${sealedWith}`);
      const decipher = createDecipheriv('aes-256-gcm', secretKey, nonce, { authTagLength: TAG_BYTES })
        .setAAD(boundTo(itemId))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      const body = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
      return JSON.parse(body.toString('utf8'));
    },
  };
}

/** Random nonces, drawn a thousand at a time: an import seals hundreds of thousands of cards. */
function noncePool(): () => Buffer {
  const pool = Buffer.alloc(NONCE_BYTES * 1_000);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += NONCE_BYTES;
    return Buffer.from(pool.subarray(used - NONCE_BYTES, used));
  };
}
