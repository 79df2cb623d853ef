import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content, ReadInner } from '../content.ts';
import { readDoc } from '../doc/read-doc.ts';
import { damagedFile } from '../file-problems.ts';
import { readMsg } from '../mail/read-msg.ts';
import { readPpt } from '../ppt/read-ppt.ts';
import { compoundSignature, powerPointBefore97, type Signature, wordBefore97 } from '../signature.ts';
import { lettersOf } from '../xls/letters.ts';
import { readXls } from '../xls/read-xls.ts';
import { openCompound } from './compound-file.ts';
import { isObjectOfExcel } from './embedded-object.ts';

/** How the text of documents of Word 6 and 95 begins. */
const WORD_95 = 0xa5dc;
/** The number of the format since Word 97; some earlier ones begin like later ones. */
const WORD_97_FORMAT = 0xc0;

/**
 * Reads a compound file: a document of Office before 2007. `foreign` is the problem of one that is not read; `inner` reads what is
 * attached.
 */
export async function readCompound(
  bytes: Buffer,
  foreign: (signature: Signature) => Problem,
  inner: ReadInner | null,
): Promise<Result<Content, Problem>> {
  const file = openCompound(bytes);
  // Programs and libraries that follow a circle run out of memory, some with the whole process.
  if (file === null || !file.isSound) return err(damagedFile({ what: 'document' }, 'Its sectors are out of order.'));
  const names = file.root.children.map(({ name }) => name);
  if (names.includes('EncryptedPackage')) return err(problem('file_encrypted', { format: 'office' }));
  const word = file.root.children.find(({ name }) => name === 'WordDocument');
  const text = word === undefined ? Buffer.alloc(0) : file.read(word);
  const isOld = text.length >= 4 && (text.readUInt16LE(0) === WORD_95 || text.readUInt16LE(2) < WORD_97_FORMAT);
  const signature = isOld ? wordBefore97 : compoundSignature(names);
  if (signature.kind === 'outlook_message') return await readMsg(bytes, inner);
  if (signature.kind === 'xls' || signature.kind === 'xls_5') {
    const wanted = signature.kind === 'xls_5' ? 'book' : 'workbook';
    const book = file.root.children.find(({ name }) => name.toLowerCase() === wanted);
    const stream = book === undefined ? Buffer.alloc(0) : file.read(book);
    const hasObjects = file.root.children.some(isObjectOfExcel);
    const xls = await readXls(bytes, stream, hasObjects, signature.kind === 'xls_5' ? lettersOf(stream) : undefined);
    return xls.ok ? ok({ ...xls.value, format: 'xls', encoding: null }) : xls;
  }
  if (signature.kind === 'ppt') {
    const ppt = readPpt(file, () => foreign(powerPointBefore97));
    return ppt.ok ? ok({ ...ppt.value, format: 'ppt', encoding: null }) : ppt;
  }
  if (signature.kind !== 'doc') return err(foreign(signature));
  const doc = readDoc(file, text);
  return doc.ok ? ok({ ...doc.value, format: 'doc', encoding: null, places: null }) : doc;
}
