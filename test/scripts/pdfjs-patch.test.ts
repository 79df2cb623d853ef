import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { patchedPdfjs, pdfjsChanges } from '../../scripts/setup/pdfjs-patch.mjs';

const installed = join(dirname(createRequire(import.meta.url).resolve('unpdf')), 'pdfjs.mjs');

describe('the changes to pdf.js', () => {
  it('are made once, however often set-up runs', () => {
    const original = pdfjsChanges.map(([text]) => text).join('\n');
    const changed = patchedPdfjs(original);
    expect(changed).toBe(pdfjsChanges.map(([, text]) => text).join('\n'));
    expect(patchedPdfjs(changed)).toBe(changed);
  });

  it('are in the installed pdf.js', () => {
    const source = readFileSync(installed, 'utf8');
    expect(patchedPdfjs(source)).toBe(source);
  });

  it('stop set-up where pdf.js is of another version', () => {
    expect(() => patchedPdfjs('export const version = "7.0.0";')).toThrow(/differs from the one that Docket changes/);
  });
});
