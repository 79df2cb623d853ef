import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content, ReadInner } from '../content.ts';
import { readDoc } from '../doc/read-doc.ts';
import { readMsg } from '../mail/read-msg.ts';
import { compoundSignature, type Signature, wordBefore97 } from '../signature.ts';
import { readXls } from '../xls/read-xls.ts';
import { rootStreams } from './root-streams.ts';

/** How the text of documents of Word 6 and 95 begins. */
const WORD_95 = 0xa5dc;

/**
 * Reads a compound file: a document of Office before 2007. `foreign` is the problem of one that is not read; `inner` reads what is
 * attached.
 */
export async function readCompound(
  bytes: Buffer,
  foreign: (signature: Signature) => Problem,
  inner: ReadInner,
): Promise<Result<Content, Problem>> {
  const streams = rootStreams(bytes);
  const names = streams.map(({ name }) => name);
  if (names.includes('EncryptedPackage')) return err(problem('file_encrypted', { format: 'office' }));
  const text = streams.find(({ name }) => name === 'WordDocument');
  const isOld = text !== undefined && text.at + 2 <= bytes.length && bytes.readUInt16LE(text.at) === WORD_95;
  const signature = isOld ? wordBefore97 : compoundSignature(names);
  if (signature.kind === 'outlook_message') return await readMsg(bytes, inner);
  if (signature.kind === 'xls') {
    const xls = await readXls(bytes);
    return xls.ok ? ok({ ...xls.value, format: 'xls', encoding: null }) : xls;
  }
  if (signature.kind !== 'doc') return err(foreign(signature));
  const doc = await readDoc(bytes);
  return doc.ok ? ok({ ...doc.value, format: 'doc', encoding: null, places: null }) : doc;
}
