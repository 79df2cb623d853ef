/** How a cell begins that a spreadsheet may run: with an operator, also a full-width one, or with white space before it. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/u;
const NUMBER = /^[+-]?[\d.,]+$/;

/** Rows as tab-separated lines, as spreadsheets paste them; none of it is pasted as a formula. */
export function toLines(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map((text) => quoted(harmless(text))).join('\t')).join('\n');
}

function harmless(text: string): string {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** Only where it has to be: most cells are pasted elsewhere too. */
function quoted(text: string): string {
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
