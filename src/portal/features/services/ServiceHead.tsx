import { Title } from '@mantine/core';
import { IconDeviceMobile, IconDeviceTv, IconPhone, IconRouter, type TablerIcon } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { PortalService } from '#core/contract/portal/services.ts';
import type { ServiceType } from '#core/domain/product.ts';
import classes from './ServiceCard.module.css';
import { ServiceMark } from './ServiceMark.tsx';

export const serviceIcons: Record<ServiceType, TablerIcon> = {
  mobile: IconDeviceMobile,
  internet: IconRouter,
  iptv: IconDeviceTv,
  voip: IconPhone,
};

interface ServiceHeadProps {
  readonly service: PortalService;
  /** Below the name, where the card has no other place for it. */
  readonly showsProduct?: boolean;
  /** Of its heading, by what stands above it on the page. */
  readonly level?: 2 | 3;
}

/** The name of a service, which leads to it, with how it stands. */
export function ServiceHead({ service, showsProduct = false, level = 3 }: ServiceHeadProps) {
  const Icon = serviceIcons[service.serviceType];
  return (
    <div className={classes.head}>
      <span className={classes.icon} aria-hidden>
        <Icon size={22} stroke={1.7} />
      </span>
      <div className={classes.names}>
        <Title order={level} size="h3" className={classes.name}>
          <Link href={`/services/${service.id}`} className={classes.link} dir="auto">
            {service.name}
          </Link>
        </Title>
        {showsProduct && <p className={classes.product}>{service.product.name}</p>}
      </div>
      <ServiceMark service={service} />
    </div>
  );
}
