/** What marks a line that stands at the edge of many pages, and in their text once. */
export const runningMarks = { header: '[Header]', footer: '[Footer]', 'page number': '[Page number]' } as const;

/** The text without these marks, which are not on the page. */
export function withoutRunningMarks(text: string): string {
  return text.replace(/^\[(?:Header|Footer|Page number)\] /gm, '');
}
