import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { decodeText } from '../text/decode-text.ts';
import { unflowed } from './flowed.ts';
import type { MimePart } from './mime-tree.ts';

export interface PartText {
  readonly text: string;
  readonly notes: readonly ReadingNote[];
}

/** The text of a part in the encoding that it claims, if its bytes do not say otherwise. */
export function decodePart({ bytes, parameters }: MimePart): PartText {
  const { text, notes } = decodeLabelled(bytes, parameters.charset);
  const isFlowed = parameters.format?.toLowerCase() === 'flowed';
  return { text: isFlowed ? unflowed(text, parameters.delsp?.toLowerCase() === 'yes') : text, notes };
}

/** Encodings that write other letters in ASCII characters. */
const shiftedInAscii = /^(?:iso-2022|hz|utf-?7|utf-?16|unicode|ucs)/;
const wide = /^(?:utf-?16|unicode|ucs)/;
const ESCAPE = 0x1b;

/** Multi-byte encodings, in which bytes may look like UTF-8 by chance. */
const multiByte = /^(?:gb|big5|shift|sjis|ms_kanji|windows-31j|euc|ks_c|korean|iso-2022|cp9[345]|hz)/;

/**
 * Labels are often wrong: `us-ascii` or `iso-8859-1` on UTF-8, which no other text looks like by chance; or UTF-8 on
 * anything else.
 */
export function decodeLabelled(bytes: Buffer, label: string | undefined): PartText {
  const name =
    label
      ?.trim()
      .toLowerCase()
      .replace(/^x-(?!mac|user)/, '') ?? '';
  // Text of two bytes a letter is full of NULs, and no UTF-8; a page of it that was written anew keeps saying so.
  const isWide = wide.test(name) && !bytes.includes(0);
  if (isWide && isUtf8(bytes)) return plain(bytes.toString('utf8'));
  const mayBePlain = !multiByte.test(name) && !shiftedInAscii.test(name) && !bytes.includes(ESCAPE);
  if (mayBePlain && isAscii(bytes)) return plain(bytes.toString('latin1'));
  if (mayBePlain && isUtf8(bytes)) return plain(bytes.toString('utf8'));
  const decoded = isUnspecific(name) ? null : decodeAs(bytes, name);
  if (decoded !== null && !decoded.includes('\ufffd')) return plain(decoded);
  if (isUtf8(bytes)) return plain(bytes.toString('utf8'));
  return decodeText(bytes) ?? plain(decoded ?? bytes.toString('latin1'));
}

/** Labels that say nothing about bytes beyond ASCII that are not UTF-8. */
function isUnspecific(name: string): boolean {
  return name === '' || /^(?:us-)?ascii$|^ansi_x3|^utf-?8$|^unknown/.test(name);
}

/** `null` if there is no such encoding. */
function decodeAs(bytes: Buffer, name: string): string | null {
  try {
    return new TextDecoder(name).decode(bytes);
  } catch {
    return iconv.encodingExists(name) ? iconv.decode(bytes, name) : null;
  }
}

function plain(text: string): PartText {
  return { text: text.replace(/^\ufeff/, ''), notes: [] };
}
