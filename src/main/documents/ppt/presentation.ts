import { kinds, type PptRecord, recordAt, recordsIn } from './records.ts';

/** A slide, and what belongs to it. */
export interface PptSlide {
  readonly slide: PptRecord;
  readonly notes: PptRecord | null;
  /** Texts of placeholders, which the slide refers to by their number. */
  readonly outline: readonly string[];
  readonly outlineTypes: readonly number[];
  /** The master that its shapes are printed from, and the texts of its footer and date; null if it shows neither. */
  readonly master: PptRecord | null;
  readonly headersFooters: PptRecord | null;
}

/** The slides, and what is said of all of them. */
interface Presentation {
  readonly document: PptRecord;
  readonly slides: readonly PptSlide[];
}

/** The presentation is encrypted, in a way that leaves its records as they are. */
export class EncryptedPresentation extends Error {}

/** It is of PowerPoint 95 or before, whose records are others. */
export class OlderPresentation extends Error {}

const EDIT_AT = 16;

const [SLIDES, MASTERS, NOTES] = [0, 1, 2];
/** Of the texts that slides have at their edges; those of notes are another one. */
const ON_SLIDES = 3;
const MASTER_AT = 12;
const FLAGS_AT = 20;
const SHOWS_MASTER = 0x01;
const NOTES_AT = 16;
const ENCRYPTED_EDIT_BYTES = 32;

/** The slides in the order in which they are shown. Throws if the file is damaged. */
export function readPresentation(stream: Buffer, currentUser: Buffer): Presentation {
  const { places, documentId } = readEdits(stream, currentUser);
  const at = (id: number): PptRecord | null => recordAt(stream, places.get(id) ?? -1);
  const document = at(documentId);
  if (document === null) throw new Error('The document is missing.');
  const lists = recordsIn(document.bytes).filter(({ type }) => type === kinds.documentList);
  const byId = (list: number, of: ReadonlySet<number>): ReadonlyMap<number, PptRecord> => {
    const listed = lists.filter(({ instance }) => instance === list).flatMap(persists);
    return new Map(
      listed.flatMap(({ ids }) => {
        const part = at(ids.place);
        return part !== null && of.has(part.type) ? [[ids.slide, part] as const] : [];
      }),
    );
  };
  const notesById = byId(NOTES, new Set([kinds.notes]));
  const mastersById = byId(MASTERS, new Set([kinds.mainMaster, kinds.slide]));
  const ofAll = recordsIn(document.bytes).find(
    (record) => record.type === kinds.headersFooters && record.instance === ON_SLIDES,
  );
  const slides = lists
    .filter(({ instance }) => instance === SLIDES)
    .flatMap((list) =>
      persists(list).map(({ ids, outline, outlineTypes }): PptSlide => {
        const slide = at(ids.place);
        if (slide?.type !== kinds.slide) throw new Error('A slide is missing.');
        const own = recordsIn(slide.bytes).find(({ type }) => type === kinds.headersFooters);
        const showsMaster = (idOf(slide, FLAGS_AT) & SHOWS_MASTER) !== 0;
        return {
          slide,
          outline,
          outlineTypes,
          notes: notesById.get(idOf(slide, NOTES_AT)) ?? null,
          master: (showsMaster ? mastersById.get(idOf(slide, MASTER_AT)) : null) ?? null,
          headersFooters: (showsMaster ? (own ?? ofAll) : null) ?? null,
        };
      }),
    );
  return { document, slides };
}

/** What a slide says of itself at a place: the ids of its notes and its master, or its flags. */
function idOf(slide: PptRecord, place: number): number {
  const atom = recordsIn(slide.bytes).find(({ type }) => type === kinds.slideAtom);
  return atom === undefined || atom.bytes.length < place + 4 ? 0 : atom.bytes.readUInt32LE(place);
}

interface Persist {
  readonly ids: { readonly place: number; readonly slide: number };
  readonly outline: string[];
  readonly outlineTypes: number[];
}

function persists(list: PptRecord): readonly Persist[] {
  const found: Persist[] = [];
  let header = 0;
  for (const record of recordsIn(list.bytes)) {
    const last = found.at(-1);
    if (record.type === kinds.slidePersist && record.bytes.length >= 16) {
      const ids = { place: record.bytes.readUInt32LE(0), slide: record.bytes.readUInt32LE(12) };
      found.push({ ids, outline: [], outlineTypes: [] });
    } else if (record.type === kinds.textHeader && last !== undefined) {
      header = record.bytes.length < 4 ? 0 : record.bytes.readUInt32LE(0);
      last.outline.push('');
      last.outlineTypes.push(header);
    } else if (last !== undefined && isText(record)) last.outline[last.outline.length - 1] = textOf(record);
  }
  return found;
}

export function isText({ type }: PptRecord): boolean {
  return type === kinds.textWide || type === kinds.textNarrow;
}

/** Narrow letters are the first 256 of Unicode. */
export function textOf({ type, bytes }: PptRecord): string {
  return bytes.toString(type === kinds.textNarrow ? 'latin1' : 'utf16le');
}

/** Where the parts of the presentation are: each time it was saved, those that had changed were added. */
export function readEdits(stream: Buffer, currentUser: Buffer) {
  const places = new Map<number, number>();
  const seen = new Set<number>();
  let documentId = 0;
  if (currentUser.length < EDIT_AT + 4) throw new OlderPresentation();
  for (let at = currentUser.readUInt32LE(EDIT_AT); at > 0 && !seen.has(at); ) {
    seen.add(at);
    const edit = recordAt(stream, at);
    if (edit?.type !== kinds.userEdit) throw new Error('The list of edits is broken.');
    if (edit.bytes.length >= ENCRYPTED_EDIT_BYTES) throw new EncryptedPresentation();
    if (documentId === 0) documentId = edit.bytes.readUInt32LE(16);
    addPlaces(recordAt(stream, edit.bytes.readUInt32LE(12)), places);
    at = edit.bytes.readUInt32LE(8);
  }
  return { places, documentId };
}

/** The newest place of a part is met first. */
function addPlaces(directory: PptRecord | null, places: Map<number, number>): void {
  if (directory?.type !== kinds.persistDirectory) return;
  const { bytes } = directory;
  for (let at = 0; at + 4 <= bytes.length; ) {
    const head = bytes.readUInt32LE(at);
    const [first, count] = [head & 0xf_ffff, head >>> 20];
    at += 4;
    for (let index = 0; index < count && at + 4 <= bytes.length; index += 1, at += 4) {
      if (!places.has(first + index)) places.set(first + index, bytes.readUInt32LE(at));
    }
  }
}
