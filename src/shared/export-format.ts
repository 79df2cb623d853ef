/** The formats of an export, in the order in which they are offered; each is also the ending of its file's name. */
export const exportFormats = ['xlsx', 'csv', 'html', 'md', 'json', 'jsonl'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What a format is called. */
export const exportFormatNames: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'Excel',
  csv: 'CSV',
  html: 'HTML report',
  md: 'Markdown',
  json: 'JSON',
  jsonl: 'JSON Lines',
};
