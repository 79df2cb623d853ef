import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placeOf, readBytes } from './read-parts.ts';

/** Files written by LibreOffice 7.4 from documents made by hand. */
const fileOf = (name: string) => readBytes(readFileSync(join(import.meta.dirname, 'files', name)));

const WORKBOOK = `## Sheet: Budget

Item | Due | Share | Cost
Rent of the Harbour Street office | 2026-03-31 | 42.5% | 1,250.50 €
Café «Müller» & Söhne | 2026-04-15 | 7.5% | 220.25 €

Total |  |  | 1,470.75 €

## Sheet: Staff

Name | Role
Hannah Lindqvist | Treasurer

[Comment on A2 by Anna Berg] On leave until May

## Sheet: Codes (hidden)

K-17`;

const SLIDES = `## Slide 1

Harbour project 2026

For the board of trustees

## Slide 2

Milestones

- Permit of the city of Göteborg
  - handed in on 3 March
- Opening in October

[Notes] Mention the delay of the cranes.

## Slide 3 (hidden)

Backup figures`;

it.each(['xlsx', 'ods'])('a workbook of LibreOffice is read alike as .%s', async (format) => {
  const read = await fileOf(`budget.${format}`);
  expect(read).toMatchObject({
    format,
    text: WORKBOOK,
    notes: ['What is hidden in this workbook was read, too: 1 sheet (Codes).'],
  });
  expect(placeOf(read, 'Total')).toBe('sheet “Budget”, cell A9');
  expect(placeOf(read, 'Hannah')).toBe('sheet “Staff”, cell A2');
});

it.each(['pptx', 'odp'])('a presentation of LibreOffice is read alike as .%s', async (format) => {
  const read = await fileOf(`harbour.${format}`);
  expect(read).toMatchObject({ format, text: SLIDES, notes: ['Slide 3 is hidden; it was read, too.'] });
  expect(placeOf(read, 'delay of the cranes')).toBe('slide 2');
});
