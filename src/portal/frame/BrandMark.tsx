import { useBrand } from '../brand.ts';

/** The operator's logo, or its name where there is none. */
export function BrandMark() {
  const { logo, name } = useBrand();
  if (logo !== null) return <img src={logo} alt={name} className="brand-logo" />;
  return (
    <span className="brand-name">
      <span className="brand-dot" aria-hidden="true" />
      {name}
    </span>
  );
}
