import type { StaffUser } from '#core/domain/user.ts';
import type { Central } from '../central/client.ts';
export interface HandOver {
  print(input: {
    serviceId: number;
    orderId?: number;
    language: string;
    withPuk: boolean;
  }): Promise<{ filename: string; pdfBase64: string }>;
}
export function createHandOver(_: { central: Central; person: () => StaffUser; now: () => Date }): HandOver {
  return { print: async () => ({ filename: '', pdfBase64: '' }) };
}
