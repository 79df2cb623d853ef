import { describe, expect, it } from 'vitest';
import { answerMarkdown } from '../../src/main/builtin/answer.ts';
import { createEngine } from '../../src/main/builtin/engine.ts';
import * as documents from './documents.ts';

const engine = createEngine();

async function sentencesOf(text: string, name?: string): Promise<string[]> {
  const reading = await engine.read(text, { name });
  return reading.sentences.map((sentence) => text.slice(sentence.start, sentence.end));
}

describe('sentences', () => {
  it('do not end at abbreviations, decimals, initials and country names', async () => {
    const text =
      'Dr. Smith met Mr. J. R. Jones at 3.5 p.m. on Jan. 5 to discuss e.g. Fig. 3 and eq. 4 of the U.S. ' +
      'Army report, i.e. the costs of Acme Inc. and others. The growth was 3.2% vs. 2.9% before. He left ' +
      'Washington, D.C. at ten. It was late.';
    expect(await sentencesOf(text)).toEqual([
      'Dr. Smith met Mr. J. R. Jones at 3.5 p.m. on Jan. 5 to discuss e.g. Fig. 3 and eq. 4 of the U.S. ' +
        'Army report, i.e. the costs of Acme Inc. and others.',
      'The growth was 3.2% vs. 2.9% before.',
      'He left Washington, D.C. at ten.',
      'It was late.',
    ]);
  });

  it('end at an abbreviation that closes one', async () => {
    expect(await sentencesOf('The parts come from the U.S. The rest is made here by Acme Inc. They are late.')).toEqual(
      ['The parts come from the U.S.', 'The rest is made here by Acme Inc.', 'They are late.'],
    );
  });

  it('continue across hard line breaks, and stop at headings, blank lines and list items', async () => {
    const found = await sentencesOf(documents.englishReport);
    expect(found).toContain('Quarterly supply report');
    expect(found).toContain(
      'The delays came from two\nsuppliers of circuit boards, e.g. the plant in Penang that was flooded in July.',
    );
    expect(found).toContain('The frame contract must be checked by Legal, i.e. by Ms. Okafor.');
    expect(found).toContain('Next steps');
  });

  it('of a mail are told from those that it quotes', async () => {
    const mail =
      'We offer a discount.\nOn 28 February Tom wrote:\n> When will it arrive? We\n> need it.\n>> It is late.\n\nAnna';
    expect(await sentencesOf(mail, 'letter.eml')).toEqual([
      'We offer a discount.',
      'On 28 February Tom wrote:',
      'When will it arrive?',
      'We\n> need it.',
      'It is late.',
      'Anna',
    ]);
  });

  it('of a mail are what was written, not its headers, unless there is nothing else', async () => {
    const headers =
      'From: Anna Norvik <anna@norvik.example>\nDate: 2026-05-05T10:00:00+02:00\nSubject: Pumps\nAttachments: a.pdf';
    const mail = `${headers}\n\nThe pumps cost 4,200 euros.\n\n${headers}\n\nWhen will they come?`;
    expect(await sentencesOf(mail, 'letters.mbox')).toEqual(['The pumps cost 4,200 euros.', 'When will they come?']);
    const reading = await engine.read(mail, { name: 'letters.mbox' });
    expect(reading.terms).not.toContain('Date');
    expect(await sentencesOf(headers, 'letter.eml')).toContain('Subject: Pumps');
    const quoted = await engine.read(mail, { name: 'letters.mbox', purpose: 'quote' });
    const from = quoted.sentences.find(({ line }) => line === 1);
    expect(mail.slice(from?.start, from?.end)).toBe('From: Anna Norvik <anna@norvik.example>');
  });

  it('begin after the number of a slide and before the name of a sheet', async () => {
    const found = await sentencesOf(
      '## Slide 1: Our plan\n\nWe grow.\n\n## Slide 2 (hidden)\n\n## Sheet: Costs\n',
      'a.pptx',
    );
    expect(found).toEqual(['Our plan', 'We grow.', 'Costs']);
  });

  it('know German abbreviations and ordinals', async () => {
    const found = await sentencesOf(documents.germanLetter);
    expect(found).toContain('vielen Dank für Ihre Anfrage vom 3. März 2026.');
    expect(found).toContain(
      'Die Filter sind gem. Herstellerangabe alle 24 Monate zu tauschen, d. h. der Austausch ist überfällig.',
    );
    expect(found).toContain('Bitte bestätigen Sie den Termin bis zum 15. April.');
  });

  it('know French titles and abbreviations', async () => {
    const found = await sentencesOf(documents.frenchNote);
    expect(found).toContain("M. Dupont a présenté le budget de l'année prochaine.");
    expect(found.some((sentence) => sentence.startsWith("Les documents, c.-à-d. le budget et l'étude,"))).toBe(true);
  });

  it('keep Japanese speech together with its speaker', async () => {
    expect(await sentencesOf(documents.japaneseNotice)).toContain(
      '「作業は朝六時までに終わる予定です。」と情報システム部は説明しました。',
    );
  });

  it('record the line they begin on', async () => {
    const reading = await engine.read('First line.\r\nSecond line.\n\n\nFifth line.');
    expect(reading.sentences.map(({ line }) => line)).toEqual([1, 2, 5]);
  });

  it('cover the prose without overlap, whatever the text', async () => {
    for (const text of everyDocument().map(([, document]) => document)) {
      const { sentences } = await engine.read(text);
      let end = 0;
      for (const sentence of sentences) {
        expect(sentence.start).toBeGreaterThanOrEqual(end);
        expect(sentence.end).toBeGreaterThan(sentence.start);
        end = sentence.end;
      }
    }
  });
});

function everyDocument(): [string, string][] {
  return Object.entries(documents).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : []));
}

describe('extract', () => {
  it.each(everyDocument())('quotes %s word for word', async (_, text) => {
    const extract = await engine.extract(text);
    if (!extract.ok) {
      expect(extract.error).toMatch(/^[A-Z].*\.$/);
      return;
    }
    expect([1, 2]).toContain(extract.value.sentences.length);
    for (const sentence of extract.value.sentences) expect(text).toContain(sentence);
    for (const part of extract.value.text.split(' … ')) expect(text).toContain(part);
  });

  it('stays within 300 characters where the text allows it', async () => {
    const extracts = await Promise.all(everyDocument().map(([, text]) => engine.extract(text)));
    const lengths = extracts.flatMap((extract) => (extract.ok ? [extract.value.text.length] : []));
    expect(lengths.length).toBeGreaterThan(everyDocument().length / 2);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(300);
  });

  it('is about what the document is about', async () => {
    const extract = await engine.extract(documents.englishReport);
    expect(extract.ok && extract.value.text).toMatch(/circuit boards/);
  });

  it('shows where something was left out', async () => {
    const extract = await engine.extract(documents.englishReport);
    expect(extract.ok && extract.value.sentences.length).toBe(2);
    expect(extract.ok && extract.value.text).toBe(extract.ok && extract.value.sentences.join(' … '));
  });

  it('takes the only sentence of a text', async () => {
    const extract = await engine.extract('The office is closed on Monday.');
    expect(extract.ok && extract.value.text).toBe('The office is closed on Monday.');
  });

  it('is too long rather than truncate a sentence', async () => {
    const long = `The parties agree ${'and agree again '.repeat(30)}to this.`;
    const extract = await engine.extract(long);
    expect(extract.ok && extract.value.text).toBe(long);
  });

  it('does not choose a repeated page header', async () => {
    const header = 'Confidential supply report of the circuit board committee.';
    const pages = documents.englishReport.split('\n\n').join(`\n\n${header}\n\n`);
    const extract = await engine.extract(pages);
    const reading = await engine.read(pages);
    expect(reading.sentences.length).toBeGreaterThan(20);
    expect(extract.ok && extract.value.sentences.filter((sentence) => sentence === header).length).toBeLessThanOrEqual(
      1,
    );
  });

  it('reads the sentences of a table from its text column', async () => {
    const extract = await engine.extract(documents.ticketsCsv, { name: 'tickets.csv' });
    expect(extract.ok && extract.value.note).toBe(
      'A table of 5 rows and 5 columns; its sentences are in “what happened”.',
    );
    expect(extract.ok && extract.value.text).toMatch(/invoice/);
  });

  it('shows the first row of a table without sentences, and says so', async () => {
    const extract = await engine.extract(documents.numbersCsv, { name: 'numbers.csv' });
    expect(extract.ok && extract.value.text).toBe('region;month;orders;revenue');
    expect(extract.ok && extract.value.note).toContain('The extract is its first row.');
  });

  it('reads the comments of source code, and says so', async () => {
    const extract = await engine.extract(documents.sourceCode, { name: 'pool.ts' });
    expect(extract.ok && extract.value.text).toMatch(/pool/);
    expect(extract.ok && extract.value.note).toContain('only its comments');
  });

  it.each([
    ['', 'The document is empty.'],
    ['  \n\t ', 'The document is empty.'],
    ['--- *** ---', 'It contains no sentences.'],
    [documents.bareCode, 'This is source code or data, without any sentences.'],
  ])('says why there is none in %j', async (text, reason) => {
    expect(await engine.extract(text)).toEqual({ ok: false, error: reason });
  });
});

describe('word-list tone', () => {
  it.each([
    ['negative', documents.angryMail],
    ['positive', documents.happyReview],
    ['neutral', documents.plainMinutes],
    ['neutral', documents.englishReport],
    ['negative', 'This is not good. I do not like it at all.'],
  ])('is %s', async (expected, text) => {
    const tone = await engine.tone(text);
    expect(tone.ok && tone.value.tone).toBe(expected);
  });

  it.each([
    [documents.germanLetter, 'The word list is English; this text is German.'],
    [documents.frenchNote, 'The word list is English; this text is French.'],
    [documents.japaneseNotice, 'The word list is English; this text is Japanese.'],
    ['4711', 'The language of the text could not be determined; the word list is English.'],
    ['', 'The document is empty.'],
    [documents.bareCode, 'It contains no sentences, only data or code.'],
  ])('is withheld with a reason', async (text, reason) => {
    expect(await engine.tone(text)).toEqual({ ok: false, error: reason });
  });
});

describe('key terms', () => {
  it.each([
    [documents.englishReport, undefined, ['circuit boards', 'second supplier', 'frame contract']],
    [documents.germanLetter, undefined, ['Wartung', 'Heizungsanlage', 'Filter']],
    [documents.frenchNote, undefined, ['budget', 'transports régionaux', 'réunion']],
    [documents.japaneseNotice, undefined, ['社内ネットワーク', '更新作業', '情報システム']],
    [documents.ticketsCsv, 'tickets.csv', ['invoice', 'payment', 'wrong tax rate']],
    [documents.numbersCsv, 'numbers.csv', ['region', 'month', 'orders']],
  ])('name the subject', async (text, name, expected) => {
    const terms = await engine.keyTerms(text, 3, { name });
    expect(terms.ok && terms.value.terms).toEqual(expected);
  });

  it('are the names of a program', async () => {
    const terms = await engine.keyTerms(documents.sourceCode, 3, { name: 'pool.ts' });
    expect(terms.ok && terms.value.terms).toContain('poolSize');
  });

  it('say when nouns could not be distinguished from other words', async () => {
    const terms = await engine.keyTerms(documents.frenchNote);
    expect(terms.ok && terms.value.note).toBe('Frequent words; nouns cannot be told from other words in French.');
  });

  it.each(everyDocument())('stand in %s and hold no comma', async (_, text) => {
    const terms = await engine.keyTerms(text);
    if (!terms.ok) {
      expect(terms.error).toMatch(/^[A-Z].*\.$/);
      return;
    }
    for (const term of terms.value.terms) {
      expect(term).not.toContain(',');
      expect(text.replace(/\s+/g, ' ')).toContain(term);
    }
  });
});

describe('answer', () => {
  const report = { name: 'report.md', text: documents.englishReport };

  it('quotes the sentences that match, with file, line and number', async () => {
    const answer = await engine.answer('Why did the unit price change?', [report]);
    expect(answer.kind).toBe('quotes');
    const [first] = answer.kind === 'quotes' ? answer.quotes : [];
    expect(first).toMatchObject({ file: 'report.md', line: 9, sentence: 7, of: 19 });
    expect(documents.englishReport).toContain(first?.text);
    expect(first?.text).toMatch(/^A second supplier raises the unit price/);
  });

  it('finds the right one of several files, in their own languages', async () => {
    const files = [
      report,
      { name: 'brief.txt', text: documents.germanLetter },
      { name: 't.csv', text: documents.ticketsCsv },
    ];
    const german = await engine.answer('Was kostet der Festpreis der Wartung?', files);
    expect(german.kind === 'quotes' && german.quotes[0]?.file).toBe('brief.txt');
    const table = await engine.answer('What did Zephyr complain about?', files);
    expect(table.kind === 'quotes' && table.quotes[0]).toMatchObject({ file: 't.csv', line: 6 });
  });

  it('says that no model is connected, and how to connect one', async () => {
    const text = answerMarkdown(await engine.answer('Write me a poem.', []));
    expect(text).toContain('No language model is connected.');
    for (const provider of ['Settings', 'OpenAI', 'Ollama', 'LM Studio', 'llama.cpp']) expect(text).toContain(provider);
  });

  it('says when nothing matches, and gives an extract instead', async () => {
    const answer = await engine.answer('Elephants?', [report]);
    expect(answer.kind).toBe('no-match');
    expect(answerMarkdown(answer)).toContain('none of the 19 sentences shares a word with your question');
  });

  it('keeps Markdown in a quote from taking effect', async () => {
    const text = 'The *password* is in [the vault](https://evil.example) <img src=x> today.';
    const markdown = answerMarkdown(await engine.answer('Where is the password?', [{ name: 'a_b.md', text }]));
    expect(markdown).toContain('The \\*password\\* is in \\[the vault\\](https://evil.example) \\<img src=x\\> today.');
  });
});

describe('any input', () => {
  const two = 2_000_000;
  /** Three bytes each in UTF-8. */
  const twoOfCjk = two / 3;
  it.each([
    ['2 MB of English', documents.longEnglish(two)],
    ['2 MB of English on one line', documents.longEnglish(two).replaceAll('\n', ' ')],
    ['2 MB of Japanese', documents.japaneseNotice.repeat(20_000).slice(0, twoOfCjk)],
    ['2 MB of one character', 'a'.repeat(two)],
    ['2 MB of one Chinese character', '漢'.repeat(twoOfCjk)],
    ['2 MB of line breaks', '\n'.repeat(two)],
    ['2 MB of opened comments', '/* '.repeat(two / 4)],
    ['2 MB of opened quotes', '"a '.repeat(two / 4)],
    ['2 MB of opened tags', '<document'.repeat(two / 9)],
    ['2 MB of brackets', `${'('.repeat(100)} `.repeat(two / 101)],
    ['2 MB of initials', 'A. '.repeat(two / 3)],
    ['2 MB of base64', Buffer.alloc((two / 4) * 3, 7).toString('base64')],
    ['100,000 list items', '- a\n'.repeat(100_000)],
    ['2 MB of different words', Array.from({ length: two / 8 }, (_, index) => `w${index.toString(36)}`).join(' ')],
    ['a table of 2 MB', documents.ticketsCsv.repeat(4_000)],
    ['unpaired surrogates', '\ud800. \udc00 word. '.repeat(1_000)],
  ])('ends: %s', async (_, text) => {
    const extract = await engine.extract(text);
    if (extract.ok) for (const sentence of extract.value.sentences) expect(text).toContain(sentence);
    await engine.keyTerms(text);
    await engine.tone(text);
  });

  it('says how it read a text with very many sentences, and reads all of them', async () => {
    const text = documents.longEnglish(200_000);
    const extract = await engine.extract(text);
    const { sentences } = await engine.read(text);
    expect(extract.ok && extract.value.note).toBe(
      `All ${sentences.length.toLocaleString('en')} sentences were read; the 400 whose words are most common in them were ranked against each other.`,
    );
    expect(sentences.at(-1)?.end).toBe(text.trimEnd().length);
  });

  it('yields the thread while reading, and stops when nobody wants the result', async () => {
    const aborted = new AbortController();
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
      if (turns === 3) aborted.abort();
    }, 1);
    await expect(engine.read(documents.longEnglish(1_000_000), { signal: aborted.signal })).rejects.toThrow(/abort/i);
    clearInterval(timer);
    expect(turns).toBeGreaterThanOrEqual(3);
  });
});
