import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { useLocation, useParams } from 'wouter';
import type { PortalService } from '#core/contract/portal/services.ts';
import { portal } from '../../api.ts';
import { Loaded } from '../../components/Loaded.tsx';
import { useMe } from '../../session.tsx';
import { keepPicked, pickService, readPicked } from './picked-service.ts';

const MOST = 500;

interface ServicePickerProps {
  /** The section whose page it is: each service has its address below it. */
  readonly section: '/usage' | '/recharge';
  readonly label: string;
  /** Which services may be chosen. */
  readonly fits: (service: PortalService) => boolean;
  /** What stands there when there is none to choose. */
  readonly none: ReactNode;
  readonly children: (service: PortalService) => ReactNode;
}

/** One of the customer's services, chosen above what is shown of it; the choice stays for the next time. */
export function ServicePicker({ section, label, fits, none, children }: ServicePickerProps) {
  const services = useQuery(portal.services.list.queryOptions({ input: { limit: MOST } }));
  return (
    <Loaded query={services} height={420}>
      {({ items }) => (
        <Picked section={section} label={label} services={items.filter(fits)} none={none}>
          {children}
        </Picked>
      )}
    </Loaded>
  );
}

type PickedProps = Omit<ServicePickerProps, 'fits'> & { readonly services: readonly PortalService[] };

function Picked({ section, label, services, none, children }: PickedProps) {
  const { id } = useParams<{ id?: string }>();
  const [, navigate] = useLocation();
  const customerId = useMe().customer.id;
  const picked = pickService(services, id === undefined ? null : Number(id), readPicked(customerId));
  const pickedId = picked?.id;
  useEffect(() => {
    if (pickedId !== undefined) keepPicked(customerId, pickedId);
  }, [customerId, pickedId]);
  if (picked === undefined) return none;
  return (
    <>
      {services.length > 1 && (
        <NativeSelect
          label={label}
          value={picked.id}
          onChange={({ currentTarget }) => navigate(`${section}/${currentTarget.value}`, { replace: true })}
          data={services.map((service) => ({ value: String(service.id), label: service.name }))}
          maw={460}
          mb="lg"
        />
      )}
      {children(picked)}
    </>
  );
}
