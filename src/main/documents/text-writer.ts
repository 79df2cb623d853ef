import { inOneLine, maxRaisedLength, type Rise } from './raised-text.ts';
import { createTableRows } from './table-row-lines.ts';

/** Longer than the marks of nested lists; anything longer is not meant for reading. */
const maxPrefixLength = 60;

export type TextWriter = ReturnType<typeof createTextWriter>;

/**
 * Writes the text of a marked-up document. Line breaks are deferred until the next text, so any number of block edges
 * in a row leaves one empty line. Table cells are separated by ` | ` and a row is one line (see `createTableRows`).
 */
export function createTextWriter() {
  const parts: string[] = [];
  const rows = createTableRows(parts);
  let pendingBreaks = 0;
  let pendingPrefix = '';
  let pendingSpace = false;
  let lineIsEmpty = true;
  /** At the start of a table cell, where a paragraph needs no break. */
  let breaksAreHeld = false;
  /** Raised or lowered text is held until its end, which decides how it is written. */
  let rise: Rise | null = null;
  let raised = '';
  let raisedIsFolded = false;
  /** Whether upcoming text is struck out, and whether the text written last is. */
  let isStruck = false;
  let strikeIsOpen = false;

  function put(text: string): void {
    rows.beforeText(text);
    parts.push(text);
    lineIsEmpty = text.endsWith('\n');
  }

  function putBreaks(count: number): void {
    rows.beforeBreak();
    parts.push('\n'.repeat(count));
    lineIsEmpty = true;
  }

  function closeStrike(): void {
    if (!strikeIsOpen) return;
    const last = parts.pop() ?? '';
    const text = last.trimEnd();
    parts.push(text);
    put(`~~${last.slice(text.length)}`);
    strikeIsOpen = false;
  }

  /** Each line is struck out separately, so that it can be read alone. */
  function openStrike(text: string): void {
    if (!isStruck || strikeIsOpen || text.trim() === '') return;
    put('~~');
    strikeIsOpen = true;
  }

  function flush(): void {
    if (pendingBreaks > 0 || pendingPrefix !== '') closeStrike();
    if (pendingBreaks > 0 && parts.length > 0) putBreaks(pendingBreaks);
    if (pendingSpace && !lineIsEmpty) put(' ');
    if (pendingPrefix !== '') put(pendingPrefix);
    pendingBreaks = 0;
    pendingPrefix = '';
    pendingSpace = false;
    breaksAreHeld = false;
  }

  function writeFolded(text: string): void {
    const folded = text.replace(/[ \t\n\r\f]+/g, ' ');
    const body = folded.slice(folded.startsWith(' ') ? 1 : 0, folded.endsWith(' ') ? -1 : undefined);
    if (pendingBreaks === 0 && !breaksAreHeld && folded.startsWith(' ')) pendingSpace = true;
    if (body === '') return;
    flush();
    openStrike(body);
    put(body);
    pendingSpace = folded.endsWith(' ');
  }

  function writeVerbatim(text: string): void {
    const body = pendingPrefix === '' ? text : text.trimStart();
    if (body === '') return;
    flush();
    openStrike(body);
    put(body);
  }

  /** The character before the next text on its line; '' at the line start. */
  function before(): string {
    if (pendingBreaks > 0 || pendingPrefix !== '' || lineIsEmpty || breaksAreHeld) return '';
    return pendingSpace ? ' ' : (parts.at(-1) ?? '').slice(-1);
  }

  function release(): void {
    if (raised === '' || rise === null) return;
    const text = inOneLine(raised, rise, before());
    raised = '';
    if (raisedIsFolded) writeFolded(text);
    else writeVerbatim(text);
  }

  /** Text too long to be raised is written as it is. */
  function hold(text: string, isFolded: boolean): boolean {
    if (rise === null) return false;
    raisedIsFolded = isFolded;
    raised += text;
    if (raised.length > maxRaisedLength) {
      release();
      rise = null;
    }
    return true;
  }

  function requestBreak(count: 1 | 2): void {
    pendingSpace = false;
    if (!breaksAreHeld && pendingPrefix === '') pendingBreaks = Math.max(pendingBreaks, count);
  }

  return {
    /** Writes text, collapsing white space as in HTML. A no-break space is kept. */
    writeFolded(text: string): void {
      if (!hold(text, true)) writeFolded(text);
    },
    /** Writes text unchanged, except that leading space after a prefix is dropped. */
    writeVerbatim(text: string): void {
      if (!hold(text, false)) writeVerbatim(text);
    },
    /** Sets how the following text is raised or lowered; `null` for on the line. */
    rise(next: Rise | null): void {
      if (next === rise) return;
      release();
      rise = next;
    },
    /** Sets whether the following text is struck out. */
    strike(next: boolean): void {
      if (next === isStruck) return;
      release();
      isStruck = next;
      if (!next) closeStrike();
    },
    /** Requests a break before the next text: 1 for a new line, 2 for an empty line. */
    breakLine(count: 1 | 2): void {
      release();
      requestBreak(count);
    },
    /** An explicit break such as `<br>`: each one counts, up to one empty line. */
    newLine(): void {
      release();
      pendingSpace = false;
      if (!breaksAreHeld) pendingBreaks = Math.min(2, pendingBreaks + 1);
    },
    /** Adds a prefix to the next text on its line, after any pending prefix: `1. a. `. */
    prefix(text: string): void {
      release();
      if (pendingPrefix.length > maxPrefixLength) flush();
      pendingPrefix = pendingPrefix === '' ? text : pendingPrefix + text.trimStart();
    },
    /** Writes a pending prefix although no text followed. */
    writePrefix(): void {
      release();
      pendingPrefix = pendingPrefix.trimEnd();
      if (pendingPrefix !== '') flush();
    },
    /** Removes the prefix if it is still pending. */
    dropPrefix(text: string): void {
      release();
      if (pendingPrefix === text) pendingPrefix = '';
      else if (pendingPrefix.endsWith(text.trimStart())) {
        pendingPrefix = pendingPrefix.slice(0, -text.trimStart().length);
      }
    },
    startRow(): void {
      release();
      closeStrike();
      // An empty line is between tables, never between their rows.
      rows.start(pendingBreaks > 1);
    },
    /** A cell in no row is a line. */
    startCell(): void {
      release();
      closeStrike();
      if (!rows.isInRow()) {
        requestBreak(1);
        return;
      }
      if (rows.hasCells()) {
        flush();
        lineIsEmpty = false;
      }
      rows.startCell();
      breaksAreHeld = true;
    },
    endCell(): void {
      release();
      if (!rows.isInRow()) {
        requestBreak(1);
        return;
      }
      // In an empty cell, the break before its row is still to be written.
      if (!breaksAreHeld) pendingBreaks = 0;
      pendingSpace = false;
      breaksAreHeld = false;
    },
    endRow(): void {
      release();
      closeStrike();
      rows.end();
    },
    isInTable: rows.isInRow,
    finish(): string {
      release();
      closeStrike();
      while (rows.isInRow()) rows.end();
      return parts
        .join('')
        .replace(/(?<![ \t])[ \t]+\n/g, '\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
    },
  };
}
