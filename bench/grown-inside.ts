/** Documents with files and pictures in them, of one shape each, in any size. */
import { compoundOf, objectData, packaged } from '../test/documents/compound-of.ts';
import { wordDocument } from '../test/documents/hostile-files.ts';
import { relationship } from '../test/documents/read-parts.ts';
import { each, type Grown } from './grown.ts';

/** More parts than a document may have are refused. */
const MOST_PARTS = 4_900;

function parts(
  count: number,
  folder: string,
  content: (at: number) => string | Buffer,
): Record<string, string | Buffer> {
  return Object.fromEntries(
    Array.from({ length: Math.min(count, MOST_PARTS) }, (_, at) => [`word/${folder}${at}`, content(at)]),
  );
}

const wrapped = (at: number) => packaged(`C:\\a${at}.txt`, `words ${at}`);
const rtf = (body: string) => Buffer.from(`{\\rtf1\\ansi x ${body}}`, 'latin1');
const hex = (at: number) => at.toString(16).padStart(8, '0');

export const insideShapes: Readonly<Record<string, Grown>> = {
  'docx embedded files': (count) =>
    wordDocument('<w:p/>', { parts: parts(count, 'embeddings/a', (at) => `words ${at}`) }),
  'docx embedded objects': (count) =>
    wordDocument('<w:p/>', { parts: parts(count, 'embeddings/a', (at) => compoundOf({ CONTENTS: `%PDF-${at}` })) }),
  'docx parts in other formats': (count) =>
    wordDocument(
      each(Math.min(count, MOST_PARTS), (at) => `<w:altChunk r:id="c${at}"/>`),
      {
        parts: parts(count, 'chunk', (at) => `words ${at}`),
        relationships: each(count, (at) => relationship(`c${at}`, 'aFChunk', `chunk${at}`)),
      },
    ),
  'docx the same part in another format': (count) =>
    wordDocument('<w:altChunk r:id="c"/>'.repeat(count), {
      parts: { 'word/chunk.txt': 'words' },
      relationships: relationship('c', 'aFChunk', 'chunk.txt'),
    }),
  'doc objects': (count) => {
    const objects = Array.from({ length: Math.min(count, 10_000) }, (_, at) => [`_${at}`, { CONTENTS: `%PDF-${at}` }]);
    return compoundOf({ WordDocument: 'x', ObjectPool: Object.fromEntries(objects) });
  },
  'rtf objects': (count) =>
    rtf(
      each(
        count,
        (at) => `{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata ${objectData('Package', wrapped(at))}}}`,
      ),
    ),
  'rtf objects without an end': (count) => rtf('\\objdata 01'.repeat(count)),
  'rtf pictures': (count) =>
    rtf(each(count, (at) => `{\\pict\\pngblip\\picwgoal9000\\pichgoal6000 89504e470d0a1a0a${hex(at)}}`)),
  'rtf pictures in pictures': (count) => rtf('{\\pict\\pngblip 89'.repeat(count) + '}'.repeat(count)),
  'rtf lists': (count) =>
    rtf(
      `{\\*\\listtable${each(count, (at) => `{\\list{\\listlevel\\levelnfc0{\\leveltext\\'02\\'00.;}}\\listid${at}}`)}}` +
        `{\\*\\listoverridetable${each(count, (at) => `{\\listoverride\\listid${at}\\ls${at + 1}}`)}}` +
        each(count, (at) => `\\pard\\ls${at + 1} x\\par`),
    ),
  'gif frames': (count) => {
    const head = Buffer.from('47494638396101000100800000000000ffffff', 'hex');
    const frame = Buffer.from('2c0000000001000100000202440100', 'hex');
    return Buffer.concat([head, ...Array.from({ length: count }, () => frame), Buffer.from([0x3b])]);
  },
};
