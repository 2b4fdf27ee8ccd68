import { normaliseActivationCode } from './esim.ts';

/**
 * What a SIM's maker delivers in confidence. PINs and PUKs may be shown to who may see them, an eSIM's activation code to its
 * customer; keys never leave central.
 */
export const SIM_SECRETS = ['pin1', 'puk1', 'pin2', 'puk2', 'ki', 'opc', 'adm1', 'esim_activation_code'] as const;
export type SimSecret = (typeof SIM_SECRETS)[number];
export type SimSecrets = Partial<Record<SimSecret, string>>;

// PIN: TS 102 221 9.5.1; PUK: 8 digits; Ki and OPc: 128 bits (K may have 256). ADM codes have no one form.
const SHAPES: Record<Exclude<SimSecret, 'esim_activation_code'>, RegExp> = {
  pin1: /^\d{4,8}$/,
  puk1: /^\d{8}$/,
  pin2: /^\d{4,8}$/,
  puk2: /^\d{8}$/,
  ki: /^(?:[0-9A-F]{32}|[0-9A-F]{64})$/i,
  opc: /^[0-9A-F]{32}$/i,
  adm1: /^[\x21-\x7e]{4,64}$/,
};

/** The secret as stored, or null when it has not the shape of one. */
export function normaliseSecret(kind: SimSecret, text: string): string | null {
  if (kind === 'esim_activation_code') return normaliseActivationCode(text);
  const value = text.trim();
  if (!SHAPES[kind].test(value)) return null;
  return kind === 'ki' || kind === 'opc' ? value.toUpperCase() : value;
}
