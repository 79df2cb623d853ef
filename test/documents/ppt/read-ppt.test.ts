import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import { problemSentence } from '../../../src/shared/problem-words.ts';
import { languages } from '../languages.ts';
import { placeOf, readBytes } from '../read-parts.ts';
import { tempFolder } from '../temp-folder.ts';
import { presentation } from './ppt-file.ts';

async function problemOf(bytes: Buffer): Promise<string> {
  const result = await extractDocument(tempFolder().put('old.ppt', bytes), defaultExtractLimits);
  if (result.ok) throw new Error(`It was read: ${result.value.text.slice(0, 100)}`);
  return problemSentence(result.error);
}

describe('a presentation of before 2007', () => {
  it('is its slides in order, with their titles, outlines, boxes, notes and comments', async () => {
    const read = await readBytes(
      presentation([
        { title: 'Caf\xe9', outline: 'Dredging\rQuay', boxes: ['A box\vof two lines'], notes: 'Say hello first.' },
        { title: 'Costs', isHidden: true, comment: { author: 'Anna Berg', text: 'Is this right?' } },
      ]),
      'harbour.ppt',
    );
    expect(read.text).toBe(
      '## Slide 1: Café\n\nDredging\nQuay\n\nA box\nof two lines\n\n[Notes] Say hello first.\n\n' +
        '## Slide 2 (hidden): Costs\n\n[Comment by Anna Berg] Is this right?',
    );
    expect(read.format).toBe('ppt');
    expect(read.notes).toEqual(['Slide 2 is hidden; it was read, too.']);
    expect(placeOf(read, 'Is this right?')).toBe('slide 2');
  });

  it('has words that are drawn as pictures', async () => {
    const read = await readBytes(presentation([{ title: 'One', art: 'What we will do' }]), 'art.ppt');
    expect(read.text).toBe('## Slide 1: One\n\nWhat we will do');
  });

  it('has once its footers, typed dates and what its masters print on every slide, without prompts', async () => {
    const slides = [
      { title: 'One', showsMaster: false },
      { title: 'Two' },
      { title: 'Three', edges: { footer: 'Annex', date: '2 June', isDateTyped: false } },
      { title: 'Four' },
    ];
    const bytes = presentation(slides, {
      printed: 'Confidential',
      edges: { footer: 'Berg & Sons', date: '1 May 2004' },
    });
    expect((await readBytes(bytes, 'printed.ppt')).text).toBe(
      '## Slide 1: One\n\n## Slide 2: Two\n\n[Footer] Berg & Sons\n\n[Footer] 1 May 2004\n\n[Footer] Confidential\n\n' +
        '## Slide 3: Three\n\n[Footer] Annex\n\n## Slide 4: Four',
    );
  });

  it('has all words of 22 languages', async () => {
    const { text } = await readBytes(presentation([{ boxes: Object.values(languages) }]), 'languages.ppt');
    for (const article of Object.values(languages)) expect(text).toContain(article);
  });

  it('of which a slide is missing is damaged, never read in part', async () => {
    expect(await problemOf(presentation([{ title: 'One' }, { title: 'Two' }], { lost: 1 }))).toContain('damaged');
  });

  it('for PowerPoint 95 and 97 is read as the newer one', async () => {
    const both = presentation([{ title: 'One' }, { title: 'Two' }], { folder: 'PP97_DUALSTORAGE' });
    expect((await readBytes(both, 'both.ppt')).text).toBe('## Slide 1: One\n\n## Slide 2: Two');
  });

  it('with a password is encrypted', async () => {
    expect(await problemOf(presentation([{ title: 'One' }], { editBytes: 32 }))).toContain('password-protected');
  });

  it('that is changed anywhere is read or refused, never a fault', async () => {
    const whole = presentation([{ title: 'One', outline: 'Two', boxes: ['Three'], notes: 'Four' }]);
    for (let at = 512; at < whole.length; at += 41) {
      const changed = Buffer.from(whole);
      changed.fill(0xff, at, at + 4);
      await extractDocument(tempFolder().put('old.ppt', changed), defaultExtractLimits);
    }
  });
});
