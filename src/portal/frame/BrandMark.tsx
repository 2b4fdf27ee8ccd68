import { useBrand } from '../brand.ts';
import classes from './BrandMark.module.css';

/** The operator's logo, or its name where there is none. */
export function BrandMark() {
  const { logo, name } = useBrand();
  if (logo !== null) return <img src={logo} alt={name} className={classes.logo} />;
  return (
    <span className={classes.name}>
      <span className={classes.dot} aria-hidden="true" />
      {name}
    </span>
  );
}
