import { expect, it } from 'vitest';
import { createFieldMarks } from '../../../src/main/documents/doc/field-marks.ts';

it('fields in the results of hundreds of thousands of others cost no more than side by side', () => {
  const fields = createFieldMarks();
  let [isInCode, isInResult] = [true, true];
  for (let at = 0; at < 200_000; at += 1) {
    fields.begin();
    isInCode &&= fields.isInCode();
    fields.separate();
    isInResult &&= !fields.isInCode();
  }
  expect([isInCode, isInResult]).toEqual([true, true]);
  fields.begin();
  for (let at = 0; at < 200_001; at += 1) fields.end();
  expect(fields.isInCode()).toBe(false);
});
