import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import { problemSentence } from '../../../src/shared/problem-words.ts';
import { noteWords } from '../../../src/shared/reading-note-words.ts';
import { compoundFile } from '../hostile-files.ts';
import { languages } from '../languages.ts';
import { tempFolder } from '../temp-folder.ts';

/** Documents saved by LibreOffice 7.4 as Word 97–2003. */
const fixture = (name: string) => readFileSync(new URL(`../files/${name}`, import.meta.url));

const read = async (bytes: Uint8Array) =>
  await extractDocument(tempFolder().put('old.doc', bytes), defaultExtractLimits);

async function problemOf(bytes: Uint8Array): Promise<string> {
  const result = await read(bytes);
  if (result.ok) throw new Error(`It was read: ${result.value.text.slice(0, 100)}`);
  return problemSentence(result.error);
}

describe('a Word document of before 2007', () => {
  it('has all words of 22 languages', async () => {
    const result = await read(fixture('languages.doc'));
    for (const [name, article] of Object.entries(languages)) {
      expect(result.ok && result.value.text).toContain(`## ${name}\n\n${article}`);
    }
  });

  it('has its table by rows, its typographic signs, and the words that may be hyphenated', async () => {
    const result = await read(fixture('rich.doc'));
    expect(result.ok && result.value.text).toMatch(
      /^# Contract “seven” – draft\n\nGesamtkonzept, non-breaking, a\u00a0b €\n/,
    );
    expect(result.ok && result.value.text).toContain('\nOak | 40\n');
    expect(result.ok && result.value.text).toContain('\nSee the site.');
  });

  it('has its headings, lists, notes, comments, headers and boxes as other documents have, and nothing that is hidden', async () => {
    const result = await read(fixture('structure.doc'));
    expect(result.ok && result.value.text).toBe(
      [
        '[Header] Lind GmbH, Utrecht',
        '# Lease',
        'The rent is due[1] monthly.',
        '[Comment by Anna Berg] Is this right?',
        '## Duties',
        '1. Pay\n  (a) in time\n  (b) in full\n2. Clean\n- Keys',
        'The floor has 80 m², ~~not 90~~.[i]',
        'Room | Rent\n | 900',
        'Before the box',
        'Boxed words',
        'after it.',
        '[1] In euros.',
        '[i] As measured.',
        '[Footer] Confidential draft',
      ].join('\n\n'),
    );
    expect(result.ok && result.value.notes.map(noteWords)).toEqual(['6 characters of hidden text were left out.']);
  });

  it('with a password is encrypted', async () => {
    const locked = Buffer.from(fixture('rich.doc'));
    const head = locked.indexOf(Buffer.from('eca5', 'hex'));
    locked.writeUInt16LE(locked.readUInt16LE(head + 10) | 0x0100, head + 10);
    expect(await problemOf(locked)).toContain('password-protected');
  });

  it('that is changed anywhere is read or damaged, never a fault', async () => {
    const whole = fixture('rich.doc');
    for (let at = 8; at < whole.length; at += 97) {
      const changed = Buffer.from(whole);
      changed.fill(0xff, at, at + 4);
      await read(changed);
    }
    expect(await problemOf(compoundFile('WordDocument', Buffer.from('eca5c100', 'hex')))).toContain('damaged');
  });

  it('whose chain of sectors runs in a circle is damaged', async () => {
    const loop = compoundFile('WordDocument', Buffer.from('eca5c100', 'hex'));
    loop.writeUInt32LE(2, 512 + 9 * 4);
    expect(await problemOf(loop)).toContain('damaged');
  });
});
