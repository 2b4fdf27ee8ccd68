const given =
  'Ana João Marie Lucía Ahmed Wei Olga Kofi Sofía Émile Noah Inês Zoé Pedro Fatima Liam Chloé Hugo Amina Iván'.split(
    ' ',
  );
const family =
  'Silva García Martin Dubois Smith O’Neill Nguyễn Fernández Costa Moreau Johnson Khan Petrova Mensah Lefèvre Ribeiro Núñez Okafor Rossi Weber'.split(
    ' ',
  );

interface Generated {
  id: number;
  name: string;
  email: string;
  phone: string;
}

/** The nth customer of a made-up country; the same n is always the same customer. */
export function customerAt(n: number): Generated {
  const first = given[n % given.length];
  const last = family[Math.floor(n / given.length) % family.length];
  const suffix = Math.floor(n / (given.length * family.length));
  return {
    id: 10_000 + n,
    name: `${first} ${last}${suffix === 0 ? '' : ` ${suffix.toString(36).toUpperCase()}`}`,
    email: `c${n}@example.test`,
    phone: `+4477${String(n).padStart(8, '0')}`,
  };
}
