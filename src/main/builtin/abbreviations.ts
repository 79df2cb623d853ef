import { stopWordsOf } from './stop-words.ts';

/**
 * Recognises full stops that only look like the end of a sentence, from the text on either side of a boundary
 * proposed by a sentence splitter.
 */
export function isFalseBoundary(left: string, right: string, language: string | null): boolean {
  if (right === '' || left === '') return false;
  if (/[」』”"’]$/u.test(left) && /^[\p{sc=Hiragana}]/u.test(right)) return true;
  if (!left.endsWith('.')) return false;
  // In these scripts no sentence begins in lower case.
  if (/^[\s"'“‘(]*\p{Ll}/u.test(right)) return true;
  if (/^\(?[\p{N}\p{L}]{1,3}[.)]$/u.test(left) && !/^\p{L}{2,}/u.test(left)) return true;
  const word = /([\p{L}\p{N}][\p{L}\p{N}.-]*)\.$/u.exec(left.slice(-24))?.[1]?.toLowerCase() ?? '';
  const known = abbreviationsOf(language);
  if (known.always.has(word)) return true;
  if (/^[\s(["'“‘]*(?:\p{N}|[IVXLC]+\b)/u.test(right) && (known.beforeNumber.has(word) || known.soft.has(word)))
    return true;
  if (!known.soft.has(word) && !isInitial(word, left) && !isDotted(word) && !isOrdinal(word, language)) return false;
  return !beginsSentence(right, language);
}

/** "J." in "J. Smith"; not the "I" of "so do I." */
function isInitial(word: string, left: string): boolean {
  return word.length === 1 && word !== 'i' && /(?:^|[\s(.])\p{Lu}\.$/u.test(left.slice(-4));
}

/** "u.s" of "U.S.", "z.b" of "z.B." */
function isDotted(word: string): boolean {
  return /^\p{L}(?:\.\p{L}{1,2})+$/u.test(word);
}

const ordinalLanguages = new Set(['de', 'da', 'no', 'fi', 'cs', 'sk', 'sl', 'hr', 'hu', 'et', 'lv', 'is', 'pl', 'tr']);

function isOrdinal(word: string, language: string | null): boolean {
  return language !== null && ordinalLanguages.has(language) && /^\d{1,2}$/.test(word);
}

/** A capitalised function word after a full stop begins a sentence. */
function beginsSentence(right: string, language: string | null): boolean {
  const first = /^[\s"'“‘(]*([\p{L}’']+)/u.exec(right)?.[1]?.toLowerCase() ?? '';
  return stopWordsOf(language ?? 'en')?.has(first.split(/['’]/)[0] ?? '') === true;
}

interface Abbreviations {
  /** Something always follows. */
  readonly always: ReadonlySet<string>;
  /** Does not end a sentence before a number: "Fig. 3". */
  readonly beforeNumber: ReadonlySet<string>;
  /** May end a sentence, depending on what follows. */
  readonly soft: ReadonlySet<string>;
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

const byLanguage: Readonly<Record<string, Abbreviations>> = {
  en: {
    always: words('dr mr mrs ms messrs prof rev hon gen col lt sgt capt gov sen rep st mt e.g i.e cf vs viz resp ca'),
    beforeNumber: words(
      'fig figs eq eqs sec sect ch chap vol no nos p pp art para ref refs tab app approx jan feb mar apr jun jul aug sep sept oct nov dec',
    ),
    soft: words('etc al inc ltd co corp jr sr ph.d m.d b.a m.a approx est dept univ p.m a.m assn bros ave blvd rd'),
  },
  de: {
    always: words(
      'dr prof hr fr st z.b d.h u.a z.t o.ä i.d.r vgl ca bzw ggf evtl inkl exkl zzgl abzgl sog gem lt dipl ing z d i v',
    ),
    beforeNumber: words('nr abs art s kap abb tab bd ziff anm aufl rn rdnr ausg'),
    soft: words(
      'usw etc ff f mio mrd tsd std str max min co e.v jan feb mär apr jun jul aug sep sept okt nov dez b h a u t',
    ),
  },
  fr: {
    always: words('m mm mme mlle mgr dr pr st ste cf c.-à-d p.ex av env'),
    beforeNumber: words('p pp art n no fig vol chap éd tab al'),
    soft: words('etc s.a janv févr avr juil sept oct nov déc tél ex'),
  },
  es: {
    always: words('sr sra srta dr dra d dña ud uds lic ing p.ej cf'),
    beforeNumber: words('p pp pág págs art núm nº fig vol cap tel'),
    soft: words('etc s.a ee.uu aprox avda'),
  },
  it: {
    always: words('sig sigg dott dr prof avv ing on es p.es cfr'),
    beforeNumber: words('p pp pag art n nr fig vol cap tab'),
    soft: words('ecc etc s.p.a s.r.l tel'),
  },
  pt: {
    always: words('sr sra dr dra prof exa p.ex cf'),
    beforeNumber: words('p pp pág art n nº fig vol cap'),
    soft: words('etc ltda s.a tel'),
  },
  nl: {
    always: words('dhr mevr mw dr drs ing ir prof mr bijv bv d.w.z o.a m.b.t i.v.m t.a.v evt incl excl'),
    beforeNumber: words('nr nrs p pp art blz fig hfst'),
    soft: words('enz etc n.v b.v jl'),
  },
};

const none: Abbreviations = { always: words('dr prof'), beforeNumber: words('p no nr fig art'), soft: words('etc') };

function abbreviationsOf(language: string | null): Abbreviations {
  return byLanguage[language ?? ''] ?? none;
}
