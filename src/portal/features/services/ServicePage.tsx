import { useParams } from 'wouter';
import { NotFound } from '../../frame/NotFound.tsx';
import { ServiceDetail } from './ServiceDetail.tsx';

/** One service of several. */
export function ServicePage() {
  const { id } = useParams<{ id: string }>();
  const number = Number(id);
  if (!Number.isSafeInteger(number) || number < 1) return <NotFound />;
  return <ServiceDetail key={number} id={number} />;
}
