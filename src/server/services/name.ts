import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Identifiers } from '#core/domain/inventory.ts';

interface Naming {
  readonly productName: string;
  readonly identifiers: readonly Identifiers[];
  readonly siteName: string | null;
  readonly customerName: string;
}

const LONGEST = 300;

/** A service's name: `Mobile - +44 7700 900123`; without a number the site, the device's serial, or the customer. */
export function serviceName({ productName, identifiers, siteName, customerName }: Naming): string {
  const kind = productName.split(' - ')[0]?.trim() || productName;
  const msisdn = identifiers.map((one) => one.msisdn).find((number) => number !== undefined);
  const serial = identifiers.map((one) => one.serial ?? one.mac).find((text) => text !== undefined);
  const what = msisdn === undefined ? (siteName ?? serial ?? customerName) : formatNumber(msisdn);
  return [...`${kind} - ${what}`].slice(0, LONGEST).join('');
}

function formatNumber(msisdn: string): string {
  return parsePhoneNumberFromString(msisdn)?.formatInternational() ?? msisdn;
}
