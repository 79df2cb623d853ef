/**
 * pdf.js repairs what it can and only reports it to the console, which is the one way to learn that text was lost or
 * may be wrong. Its messages by what they mean for the text; all others concern images, colours, glyph shapes and
 * links.
 */
export type Complaint =
  /** Text of the current page is missing. */
  | 'text_lost'
  /** The text is there but its letters may be wrong. */
  | 'letters_doubtful'
  /** The cross-reference table was broken and rebuilt by searching: pages and outdated text may be wrong. */
  | 'file_repaired'
  | 'form_not_read'
  | 'marks_not_read';

const meanings: readonly (readonly [RegExp, Complaint])[] = [
  [/in (?:flate|LZW|ASCII85) stream|^Warning: Invalid stream:/i, 'text_lost'],
  [/^Warning: Filter ".*" is (?:not supported|missing a cipher transform)/, 'text_lost'],
  [/^Warning: getContentStream - ignoring sub-stream/, 'text_lost'],
  [/^Warning: getTextContent - ignoring ExtGState:/, 'letters_doubtful'],
  [/^Warning: getTextContent - ignoring /, 'text_lost'],
  [/^Warning: Unterminated (?:hex )?string/, 'text_lost'],
  [/^Warning: Font ".*" is not available\.$/, 'text_lost'],
  [/^Warning: loadFont - (?:preEvaluateFont|translateFont) failed/, 'text_lost'],
  [/^Warning: addOpList - ignoring invalid/, 'text_lost'],
  [/^Warning: Font ".*" is not available -- attempting to fallback/, 'letters_doubtful'],
  [/^Warning: (?:loadFont - lookup failed|ensureStateFont:|translateFont - fetching )/, 'letters_doubtful'],
  [/^Warning: (?:readToUnicode - ignoring|Invalid cMap data|Unsupported CID string)/, 'letters_doubtful'],
  [/^Warning: (?:extractDataStructures - ignoring CIDToGIDMap|Encoding is not a Name nor a Dict)/, 'letters_doubtful'],
  [
    /^Warning: (?:Indexing all PDF objects|indexObjects|XRef\.parse - Invalid|getAllPageDicts - |checkLastPage - )/,
    'file_repaired',
  ],
  [/^Warning: Inconsistent generation in XRef/, 'file_repaired'],
  [/^(?:Warning|Info): (?:Cannot fetch (?:form information|AcroForm entry)|#collectFieldObjects)/, 'form_not_read'],
  [/^Warning: (?:_parsedAnnotations|collectAnnotationsByType|getAnnotationsData - ignoring)/, 'marks_not_read'],
];

/** What a pdf.js message means for the text; `null` if nothing. */
export function complaintOf(message: string): Complaint | null {
  return meanings.find(([pattern]) => pattern.test(message))?.[1] ?? null;
}

export interface Complaints {
  /** The first message of this kind so far, or `null`. */
  first(kind: Complaint): string | null;
  /** The same, and forgets it: what comes next is about the next page. */
  take(kind: Complaint): string | null;
  stop(): void;
}

/** Captures this thread's console until stopped. Nothing reaches the real console meanwhile. */
export function collectComplaints(): Complaints {
  const original = { info: console.info, warn: console.warn, log: console.log };
  const heard = new Map<Complaint, string>();
  const listen = (message: unknown): void => {
    const said = String(message);
    const kind = complaintOf(said);
    if (kind !== null && !heard.has(kind)) heard.set(kind, said);
  };
  Object.assign(console, { info: listen, warn: listen, log: listen });
  const first = (kind: Complaint) => heard.get(kind) ?? null;
  return {
    first,
    take: (kind) => {
      const said = first(kind);
      heard.delete(kind);
      return said;
    },
    stop: () => Object.assign(console, original),
  };
}
