import { describe, expect, it } from 'vitest';
import { wordsToFind } from '../../../src/renderer/src/chat/words-to-find.ts';

describe('words that led to a message', () => {
  it.each([
    ['the lease', ['When does the Lease end?'], 'the lease'],
    ['"the lease"', ['When does the Lease end?'], 'the lease'],
    ['ends lease', ['When does the lease end?'], 'lease'],
    ['café', ['Le cafe\u0301.'], 'café'],
    ['nothing', ['When does the lease end?'], ''],
    ['', ['When?'], ''],
  ])('%j are searched for as they occur there', (searched, texts, expected) => {
    expect(wordsToFind(searched, texts)).toBe(expected);
  });
});
