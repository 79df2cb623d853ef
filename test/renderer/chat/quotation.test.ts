import { describe, expect, it } from 'vitest';
import { quotedFile } from '../../../src/renderer/src/chat/quotation.ts';
import { mergeThread } from '../../../src/renderer/src/chat/thread.ts';
import { quoteSourceLink, quoteSourceOf, withoutQuoteLinks } from '../../../src/shared/quote-source.ts';
import { makeAttachment, makeConversation, makeMessage } from './samples.ts';

describe('the place named by a quotation', () => {
  it('is the one given by the engine, whatever the name of the file', () => {
    for (const file of [
      'lease.pdf',
      'a, line 3, sentence 1 of 2',
      'Müller & Söhne (2).docx',
      'a>b](c)<d> %41&line=7',
    ]) {
      const link = quoteSourceLink({ file, line: 12 });
      expect(link).not.toMatch(/[<>()\s]/u);
      expect(quoteSourceOf(link)).toEqual({ file, line: 12 });
      expect(quoteSourceOf(quoteSourceLink({ file, line: null }))).toEqual({ file, line: null });
    }
  });

  it('does not appear in other links', () => {
    for (const link of ['https://example.com/?file=a&line=1', 'docket-quote:', 'docket-quote:?line=3', ''])
      expect(quoteSourceOf(link)).toBeNull();
  });

  it('is reduced to its text in a copy', () => {
    const link = quoteSourceLink({ file: 'a]b.txt', line: 2 });
    expect(withoutQuoteLinks(`> Yes.\n>\n> [— a\\]b.txt, line 2](<${link}>)\n\n[x](https://x.org)`)).toBe(
      '> Yes.\n>\n> — a\\]b.txt, line 2\n\n[x](https://x.org)',
    );
  });

  it('is in the latest file with that name before the reply', () => {
    const conversation = makeConversation({ leafId: 'r2' });
    const attachments = (...ids: string[]) => ids.map((id) => makeAttachment({ id, name: 'lease.pdf' }));
    const thread = mergeThread(
      undefined,
      {
        conversation,
        messages: [
          makeMessage({ id: 'q1', role: 'user', attachments: attachments('a', 'b') }),
          makeMessage({ id: 'r1', role: 'assistant', parentId: 'q1', content: 'Yes.' }),
          makeMessage({ id: 'q2', role: 'user', parentId: 'r1', attachments: attachments('c') }),
          makeMessage({ id: 'r2', role: 'assistant', parentId: 'q2', content: 'No.' }),
        ],
      },
      new Set(),
    );
    const found = (replyId: string, name: string) => quotedFile(thread, replyId, name)?.id;
    expect(found('r1', 'lease.pdf')).toBe('a');
    expect(found('r1', 'lease (2).pdf')).toBe('b');
    expect(found('r2', 'lease.pdf')).toBe('c');
    expect(found('r2', 'lease (2).pdf')).toBe('b');
    expect(found('r2', 'other.pdf')).toBeUndefined();
  });
});
