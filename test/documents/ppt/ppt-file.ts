import { burn } from '@kenjiuno/msgreader/lib/Burner.js';
import { TypeEnum } from '@kenjiuno/msgreader/lib/Reader.js';

/** What slides have at their edges. */
interface Edges {
  readonly footer?: string;
  /** Typed, or one that changes by itself. */
  readonly date?: string;
  readonly isDateTyped?: boolean;
}

/** A presentation as PowerPoint 97 saves one, record by record. */
export interface SlideParts {
  readonly title?: string;
  /** Of a placeholder, whose text is in the outline. */
  readonly outline?: string;
  /** Of text boxes, after it. */
  readonly boxes?: readonly string[];
  readonly notes?: string;
  readonly isHidden?: boolean;
  /** Words drawn as a picture. */
  readonly art?: string;
  /** A PNG that fills the slide. */
  readonly picture?: Buffer;
  readonly showsMaster?: boolean;
  /** In place of those of all slides. */
  readonly edges?: Edges;
  readonly comment?: { readonly author: string; readonly text: string };
}

export function record(type: number, body: Buffer, { instance = 0, holds = false } = {}): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE((instance << 4) | (holds ? 0xf : 0), 0);
  head.writeUInt16LE(type, 2);
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

const holder = (type: number, parts: readonly Buffer[], instance = 0) =>
  record(type, Buffer.concat(parts), { instance, holds: true });
const numbers = (...values: readonly number[]) => Buffer.from(new Uint32Array(values).buffer);
const textHeader = (type: number) => record(0x0f9f, numbers(type));
const wide = (text: string) => record(0x0fa0, Buffer.from(text, 'utf16le'));
const shape = (...parts: readonly Buffer[]) => holder(0xf004, [record(0xf00d, Buffer.concat(parts))]);
const drawing = (...shapes: readonly Buffer[]) => holder(0x040c, [holder(0xf002, [holder(0xf003, shapes)])]);

/** A shape with the picture of this number in it. */
const pictureShape = (number: number): Buffer => {
  const property = Buffer.alloc(6);
  property.writeUInt16LE(0x4104, 0);
  property.writeUInt32LE(number, 2);
  const anchor = Buffer.from(new Int16Array([0, 0, 5_760, 4_320]).buffer);
  return holder(0xf004, [
    record(0xf00a, numbers(1, 0)),
    record(0xf00b, property, { instance: 1 }),
    record(0xf010, anchor),
  ]);
};

/** A shape that is drawn as these words. */
const artShape = (words: string): Buffer => {
  const text = Buffer.from(`${words}\0`, 'utf16le');
  const property = Buffer.alloc(6);
  property.writeUInt16LE(0x80c0, 0);
  property.writeUInt32LE(text.length, 2);
  return holder(0xf004, [record(0xf00b, Buffer.concat([property, text]), { instance: 1 })]);
};

const pictureRecord = (png: Buffer): Buffer =>
  record(0xf01e, Buffer.concat([Buffer.alloc(17), png]), { instance: 0x6e0 });

/** What a document says of its pictures: where each is in their stream. */
function pictureGroup(pictures: readonly Buffer[]): Buffer {
  let at = 0;
  const references = pictures.map((picture) => {
    const reference = Buffer.alloc(36);
    reference.writeUInt32LE(at, 28);
    at += picture.length;
    return record(0xf007, reference);
  });
  return holder(0x040b, [holder(0xf000, [holder(0xf001, references)])]);
}

const string = (text: string, instance: number) => record(0x0fba, Buffer.from(text, 'utf16le'), { instance });

function edgeRecord({ footer, date, isDateTyped = true }: Edges, instance: number): Buffer {
  const shown = (footer === undefined ? 0 : 0x20) | (date === undefined ? 0 : isDateTyped ? 0x05 : 0x03);
  const texts = [date === undefined ? null : string(date, 0), footer === undefined ? null : string(footer, 2)];
  return holder(
    0x0fd9,
    [record(0x0fda, Buffer.from([0, 0, shown, 0])), ...texts.filter((text) => text !== null)],
    instance,
  );
}

/** The id of the master of all slides. */
const MASTER = 0x80000000;

function slideRecord(
  { title, outline, boxes = [], art, isHidden = false, comment, showsMaster = true, edges }: SlideParts,
  notesId: number,
  picture: number,
): Buffer {
  const show = Buffer.alloc(16);
  show[10] = isHidden ? 0x04 : 0;
  const comments = comment === undefined ? [] : [holder(0x2ee0, [string(comment.author, 0), string(comment.text, 1)])];
  return holder(0x03ee, [
    record(0x03ef, Buffer.concat([Buffer.alloc(12), numbers(MASTER, notesId, showsMaster ? 7 : 6)])),
    ...(edges === undefined ? [] : [edgeRecord(edges, 0)]),
    record(0x03f9, show),
    drawing(
      ...(title === undefined ? [] : [shape(textHeader(0), record(0x0fa8, Buffer.from(title, 'latin1')))]),
      ...(outline === undefined ? [] : [shape(record(0x0f9e, numbers(0)))]),
      ...boxes.map((text) => shape(textHeader(4), wide(text))),
      ...(art === undefined ? [] : [artShape(art)]),
      ...(picture === 0 ? [] : [pictureShape(picture)]),
    ),
    holder(0x1388, [holder(0x138a, [record(0x138b, Buffer.concat(comments))])]),
  ]);
}

interface PresentationOptions {
  readonly lost?: number;
  readonly editBytes?: number;
  readonly folder?: string;
  readonly printed?: string;
  readonly edges?: Edges;
}

/**
 * @param lost the number of a slide that the file says it has, counted from 0.
 * @param folder the one in which it is, beside one of PowerPoint 95.
 * @param printed by the master, beside its prompt.
 * @param edges of all slides.
 */
export function presentation(
  slides: readonly SlideParts[],
  { lost = -1, editBytes = 28, folder = '', printed = '', edges = {} }: PresentationOptions = {},
): Buffer {
  const persist = (place: number, id: number) => record(0x03f3, numbers(place, 0, 0, id, 0));
  const listed = slides.flatMap(({ outline }, at) => [
    persist(2 + at, 256 + at),
    ...(outline === undefined ? [] : [textHeader(1), wide(outline)]),
  ]);
  const noted = slides.map((_, at) => persist(100 + at, 512 + at));
  const pictures = slides.flatMap(({ picture }) => (picture === undefined ? [] : pictureRecord(picture)));
  const document = holder(0x03e8, [
    pictureGroup(pictures),
    holder(0x0ff0, [persist(99, MASTER)], 1),
    edgeRecord(edges, 3),
    holder(0x0ff0, listed, 0),
    holder(0x0ff0, noted, 2),
  ]);
  const prompt = [record(0x0bc3, Buffer.from([0, 0, 0, 0, 1, 0, 0, 0])), textHeader(0), wide('Click to edit')];
  const master = holder(0x03f8, [drawing(shape(...prompt), shape(textHeader(4), wide(printed)))]);
  const withPictures = slides.filter(({ picture }) => picture !== undefined);
  const numberOf = (slide: SlideParts) => withPictures.indexOf(slide) + 1;
  const notes = slides.map(({ notes: text = '' }) => holder(0x03f0, [drawing(shape(textHeader(2), wide(text)))]));
  const parts = [
    document,
    master,
    ...slides.map((slide, at) => slideRecord(slide, 512 + at, numberOf(slide))),
    ...notes,
  ];
  const ids = [1, 99, ...slides.map((_, at) => (at === lost ? 50 : 2 + at)), ...slides.map((_, at) => 100 + at)];
  let at = 0;
  const directory = parts.map((part, index) => {
    const entry = numbers(((1 << 20) | (ids[index] ?? 0)) >>> 0, at);
    at += part.length;
    return entry;
  });
  const edit = Buffer.concat([numbers(0, 0, 0, at, 1), Buffer.alloc(editBytes - 20)]);
  const whole = [...parts, record(0x1772, Buffer.concat(directory))];
  const editAt = whole.reduce((sum, part) => sum + part.length, 0);
  const streams = {
    'PowerPoint Document': Buffer.concat([...whole, record(0x0ff5, edit)]),
    Pictures: Buffer.concat(pictures),
    'Current User': record(0x0ff6, numbers(20, 0xe391c05f, editAt)),
  };
  return folder === '' ? compoundOf(streams) : compoundOf(streams, folder, { 'PowerPoint Document': older });
}

/** What PowerPoint 95 has in its stream is of another kind. */
const older = Buffer.alloc(64, 0x20);

/** @param outside the streams beside the folder, if there is one. */
function compoundOf(
  streams: Readonly<Record<string, Buffer>>,
  folder = '',
  outside: Readonly<Record<string, Buffer>> = {},
): Buffer {
  const entriesOf = (all: Readonly<Record<string, Buffer>>) =>
    Object.entries(all).map(([name, bytes]) => ({
      name,
      type: TypeEnum.DOCUMENT,
      length: bytes.length,
      binaryProvider: () => Uint8Array.from(bytes),
    }));
  const [inner, outer] = [entriesOf(streams), entriesOf(outside)];
  const inFolder = inner.map((_, at) => at + 1);
  const holder = { name: folder, type: TypeEnum.DIRECTORY, length: 0, children: inFolder };
  const rest = folder === '' ? [] : [...outer, holder];
  const children = folder === '' ? inFolder : rest.map((_, at) => inner.length + 1 + at);
  return Buffer.from(burn([{ name: 'Root Entry', type: TypeEnum.ROOT, length: 0, children }, ...inner, ...rest]));
}
