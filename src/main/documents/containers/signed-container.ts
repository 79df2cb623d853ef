import { basename } from 'node:path';
import type { ExtractLimits } from '../limits.ts';
import { signedContent } from '../mail/signed-content.ts';
import { attachedContainer } from './attached-container.ts';
import type { Container, Source } from './container.ts';

/** The file that a signature encloses, as in `contract.pdf.p7m`; null if it encloses none. The signature is not checked. */
export function openSigned(source: Source, name: string, limits: ExtractLimits): Container | null {
  const file = source.readWhole(limits.maxFileBytes);
  const content = file.ok ? signedContent(file.value) : null;
  if (content === null || content.length === 0) return null;
  return attachedContainer([{ name: nameOfSigned(name, content), bytes: content }], limits, true);
}

/** `contract.pdf.p7m` holds `contract.pdf`; one of a mail (`smime.p7m`) holds the parts of that. */
function nameOfSigned(name: string, content: Buffer): string {
  const own = basename(name).replace(/\.p7[ms]$/i, '') || 'unnamed';
  const isMail = /^[!-9;-~]+:/.test(content.toString('latin1', 0, 200)) && !/\.\w+$/.test(own);
  return isMail ? `${own}.eml` : own;
}
