import { useFormat } from '../format.tsx';

/** Numbers and ICCIDs inside a line of facts, grouped as people read them. */
export function useReadable(): (facts: string) => string {
  const { phone, iccid } = useFormat();
  return (facts) => facts.replace(/\+[1-9]\d{6,14}\b/g, phone).replace(/\b89\d{16,18}\b/g, iccid);
}
