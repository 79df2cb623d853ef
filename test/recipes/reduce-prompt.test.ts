import { describe, expect, it } from 'vitest';
import { reducedTexts } from '../../src/main/recipes/reduce-prompt.ts';

describe('what one answer is made from', () => {
  it('is the answers as they are where the question comes first, as the document would be', () => {
    expect(reducedTexts({ order: 'question_first' }, ['One.', 'Two.'], 100)).toEqual(['One.\n\nTwo.']);
  });

  it('says what it is where it stands in place of the document', () => {
    expect(reducedTexts({ order: 'document_first' }, ['One.', 'Two.'], 100)).toEqual([
      'This document was too long to be read at once. Here are the answers to the same question about each of its parts, in order.\n\n1. One.\n\n2. Two.',
    ]);
  });

  it('is several texts, in order, where it does not fit one', () => {
    const answers = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => letter.repeat(40));
    const texts = reducedTexts({ order: 'question_first' }, answers, 33);
    expect(texts).toEqual([answers.slice(0, 3).join('\n\n'), answers.slice(3).join('\n\n')]);
  });

  it('is nothing where not even two answers fit', () => {
    expect(reducedTexts({ order: 'question_first' }, ['a'.repeat(40), 'b'.repeat(40)], 15)).toBeNull();
  });
});
