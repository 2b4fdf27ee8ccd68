import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Router } from 'wouter';
import { Look } from './brand/Look.tsx';
import { plainBrand, useBrandQuery } from './brand.ts';
import { Gate } from './frame/Gate.tsx';

/** The composition root of the portal. */
export function App({ queryClient }: { queryClient: QueryClient }) {
  return (
    <QueryClientProvider client={queryClient}>
      <Branded>
        <Router base="/portal">
          <Gate />
        </Router>
      </Branded>
    </QueryClientProvider>
  );
}

/** The operator's look, asked for once and again after a while. */
function Branded({ children }: { children: ReactNode }) {
  const { data: brand = plainBrand } = useBrandQuery();
  return <Look brand={brand}>{children}</Look>;
}
