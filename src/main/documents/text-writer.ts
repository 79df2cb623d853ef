export type TextWriter = ReturnType<typeof createTextWriter>;

/**
 * Writes the text of a marked-up document. Line breaks wait for the next text, so that any number of block edges in
 * a row leaves one empty line; table cells are parted by ` | ` and a row stays on its line.
 */
export function createTextWriter() {
  const parts: string[] = [];
  const cellsInRows: number[] = [];
  let pendingBreaks = 0;
  let pendingPrefix = '';
  let pendingSpace = false;
  let lineIsEmpty = true;
  /** At the beginning of a table cell, where a paragraph begins without a break. */
  let breaksAreHeld = false;

  function put(text: string): void {
    parts.push(text);
    lineIsEmpty = text.endsWith('\n');
  }

  function flush(): void {
    if (pendingBreaks > 0 && parts.length > 0) put('\n'.repeat(pendingBreaks));
    if (pendingSpace && !lineIsEmpty) put(' ');
    if (pendingPrefix !== '') put(pendingPrefix);
    pendingBreaks = 0;
    pendingPrefix = '';
    pendingSpace = false;
    breaksAreHeld = false;
  }

  return {
    /** Writes text in which any white space stands for one space, as in HTML. A no-break space is a letter. */
    writeFolded(text: string): void {
      const folded = text.replace(/[ \t\n\r\f]+/g, ' ');
      const body = folded.slice(folded.startsWith(' ') ? 1 : 0, folded.endsWith(' ') ? -1 : undefined);
      if (pendingBreaks === 0 && folded.startsWith(' ')) pendingSpace = true;
      if (body === '') return;
      flush();
      put(body);
      pendingSpace = folded.endsWith(' ');
    },
    /** Writes text as it is; only between a prefix and its text there is no second space. */
    writeVerbatim(text: string): void {
      const body = pendingPrefix === '' ? text : text.trimStart();
      if (body === '') return;
      flush();
      put(body);
    },
    /** Asks for a break before the next text: 1 for a new line, 2 for an empty line between. */
    breakLine(count: 1 | 2): void {
      pendingSpace = false;
      if (!breaksAreHeld && pendingPrefix === '') pendingBreaks = Math.max(pendingBreaks, count);
    },
    /** A break that is meant, as by `<br>`: each one counts, up to an empty line. */
    newLine(): void {
      pendingSpace = false;
      if (!breaksAreHeld) pendingBreaks = Math.min(2, pendingBreaks + 1);
    },
    /** Text that goes before the next text on its line. */
    prefix(text: string): void {
      pendingPrefix = text;
    },
    startRow(): void {
      cellsInRows.push(0);
    },
    startCell(): void {
      const cells = cellsInRows.pop() ?? 0;
      if (cells > 0) {
        flush();
        put(' | ');
      }
      cellsInRows.push(cells + 1);
      breaksAreHeld = true;
    },
    endCell(): void {
      pendingBreaks = 0;
      pendingSpace = false;
      breaksAreHeld = false;
    },
    endRow(): void {
      cellsInRows.pop();
    },
    isInTable(): boolean {
      return cellsInRows.length > 0;
    },
    finish(): string {
      return parts
        .join('')
        .replace(/[ \t]+\n/g, '\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
    },
  };
}
