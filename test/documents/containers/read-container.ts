import { onTestFinished } from 'vitest';
import { createLocatedFiles } from '../../../src/main/documents/containers/located.ts';
import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { defaultExtractLimits, type ExtractLimits } from '../../../src/main/documents/limits.ts';
import type { Inside } from '../../../src/shared/inside.ts';
import { problemSentence } from '../../../src/shared/problem-words.ts';
import { tempFolder } from '../temp-folder.ts';

/** What a container says of itself and of what it holds, in words. */
export async function listed(bytes: Buffer, name: string, limits: Partial<ExtractLimits> = {}) {
  const path = tempFolder().put(name, bytes);
  const allowed = { ...defaultExtractLimits, ...limits };
  const opened = createLocatedFiles(allowed);
  onTestFinished(() => opened.close());
  const listing = await opened.list({ path, inside: [], roots: null }, () => {});
  if (!listing.ok) return problemSentence(listing.error);
  if (listing.value === null) return 'no container';
  const { members, skipped } = listing.value;
  const files: [string, string][] = [];
  for (const { name: member } of members) files.push([member, await textIn(path, [member], allowed)]);
  return { files, skipped };
}

/** The text of a file in a container, or why there is none. */
export async function textIn(path: string, inside: Inside, limits: ExtractLimits = defaultExtractLimits) {
  const read = await extractDocument(path, limits, { inside, apart: true });
  return read.ok ? read.value.text : problemSentence(read.error);
}
