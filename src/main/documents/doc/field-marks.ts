import { createRtfFields } from '../rtf/fields.ts';

/** The fields that are open. Each begins with its code, which is not shown, and goes on with its result. */
export function createFieldMarks() {
  const fields = createRtfFields();
  /** Of each, whether its code is what is being read. */
  const inCode: boolean[] = [];

  return {
    isInCode: (): boolean => inCode.includes(true),
    /** Whether the code of the innermost one is being read. */
    isAtCode: (): boolean => inCode.at(-1) === true,
    begin(): void {
      inCode.push(true);
      fields.open(inCode.length);
    },
    separate(): void {
      if (inCode.length > 0) inCode[inCode.length - 1] = false;
    },
    /** What the innermost one shows by its code; null if its result is missing. */
    end(): string | null {
      const shown = inCode.length === 0 ? '' : fields.close(inCode.length);
      inCode.pop();
      return inCode.includes(true) ? '' : shown;
    },
    addCode: fields.addCode,
    showResult: fields.showResult,
    isPageNumber: fields.isPageNumber,
    /** Where the state of a form is read to. */
    form: fields,
  };
}

export type FieldMarks = ReturnType<typeof createFieldMarks>;
