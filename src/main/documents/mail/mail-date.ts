const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Names of zones that the standard once had; any other name says nothing. */
const zones: Readonly<Record<string, string>> = {
  ut: 'Z',
  gmt: 'Z',
  utc: 'Z',
  z: 'Z',
  est: '-05:00',
  edt: '-04:00',
  cst: '-06:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
};

/** A date as a mail's header has it, in ISO 8601 with its zone; as it is written if it is none. */
export function mailDate(written: string): string {
  const found =
    /^\s*(?:\p{L}+\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{2,4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([+-]\d{4}|[a-z]+)?/iu.exec(
      written,
    );
  const month = months.indexOf(found?.[2]?.toLowerCase() ?? '') + 1;
  if (found === null || month === 0) return written.trim();
  const [, day = '', , year = '', hour = '', minute = '', second = '00', zone = ''] = found;
  return `${fullYear(year)}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}${offset(zone)}`;
}

/** Two digits from before 2000 (RFC 5322, 4.3); three are years since 1900, by a fault of old programs. */
function fullYear(year: string): string {
  const number = Number(year);
  if (year.length === 4) return year;
  return String(year.length === 2 && number < 50 ? 2000 + number : 1900 + number);
}

function two(number: number | string): string {
  return String(number).padStart(2, '0');
}

function offset(zone: string): string {
  // "-0000" says that the zone is not known.
  if (/^[+-]\d{4}$/.test(zone)) return zone === '-0000' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  return zones[zone.toLowerCase()] ?? '';
}
