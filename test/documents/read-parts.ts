import { extractDocument } from '../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../src/main/documents/limits.ts';
import { placeAt } from '../../src/main/documents/place-at.ts';
import { type Places, placeName } from '../../src/shared/places.ts';
import { exportedProblem } from '../../src/shared/problem-words.ts';
import { noteWords } from '../../src/shared/reading-note-words.ts';
import { packZip } from './hostile-files.ts';
import { tempFolder } from './temp-folder.ts';

type Parts = Readonly<Record<string, string | Uint8Array>>;

/** What is read of a packed document with these parts. */
export async function readParts(parts: Parts, name = 'file') {
  return await readBytes(packZip(parts), name);
}

export async function readBytes(bytes: Buffer | string, name = 'file') {
  const result = await extractDocument(tempFolder().put(name, bytes), defaultExtractLimits);
  if (!result.ok) throw new Error(JSON.stringify(exportedProblem(result.error)));
  const { text, notes, places, format } = result.value;
  return { text, notes: notes.map(noteWords), places, format };
}

/** Why a packed document with these parts is not read. */
export async function problemOfParts(parts: Parts, name = 'file') {
  const result = await extractDocument(tempFolder().put(name, packZip(parts)), defaultExtractLimits);
  if (result.ok) throw new Error(`It was read: ${result.value.text.slice(0, 200)}`);
  return exportedProblem(result.error);
}

/** What a quotation of these words would be said to stand at. */
export function placeOf({ text, places }: { readonly text: string; readonly places: Places | null }, words: string) {
  const start = text.indexOf(words);
  const passage = { start, end: start + words.length, line: text.slice(0, start).split('\n').length };
  const place = start < 0 || places === null ? null : placeAt(places, text, passage);
  return place === null ? null : placeName(place);
}

const transitional = 'http://schemas.openxmlformats.org';

/** The relationships of a part. */
export function relationshipsOf(content: string): string {
  return `<Relationships xmlns="${transitional}/package/2006/relationships">${content}</Relationships>`;
}

/** A relationship to a part, or to an address outside. */
export function relationship(id: string, type: string, target: string, isExternal = false): string {
  const mode = isExternal ? ' TargetMode="External"' : '';
  return `<Relationship Id="${id}" Type="${transitional}/officeDocument/2006/relationships/${type}" Target="${target}"${mode}/>`;
}

/** What a package says of its first part. */
export function packageParts(main: string, contentType: string): Record<string, string> {
  return {
    '[Content_Types].xml':
      `<Types xmlns="${transitional}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>` +
      `<Override PartName="/${main}" ContentType="${contentType}"/></Types>`,
    '_rels/.rels': relationshipsOf(relationship('rId1', 'officeDocument', main)),
  };
}
