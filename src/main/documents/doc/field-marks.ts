import { createRtfFields } from '../rtf/fields.ts';

/** The fields that are open. Each begins with its code, which is not shown, and goes on with its result. */
export function createFieldMarks() {
  const fields = createRtfFields();
  /** Of each, whether its code is what is being read. */
  const inCode: boolean[] = [];
  let codes = 0;

  function leaveCode(): void {
    if (inCode.at(-1) === true) codes -= 1;
  }

  return {
    isInCode: (): boolean => codes > 0,
    /** Whether the code of the innermost one is being read. */
    isAtCode: (): boolean => inCode.at(-1) === true,
    begin(): void {
      inCode.push(true);
      codes += 1;
      fields.open(inCode.length);
    },
    separate(): void {
      leaveCode();
      if (inCode.length > 0) inCode[inCode.length - 1] = false;
    },
    /** What the innermost one shows by its code; null if its result is missing. */
    end(): string | null {
      const shown = inCode.length === 0 ? '' : fields.close(inCode.length);
      leaveCode();
      inCode.pop();
      return codes > 0 ? '' : shown;
    },
    addCode: fields.addCode,
    showResult: fields.showResult,
    isPageNumber: fields.isPageNumber,
    /** Where the state of a form is read to. */
    form: fields,
  };
}

export type FieldMarks = ReturnType<typeof createFieldMarks>;
