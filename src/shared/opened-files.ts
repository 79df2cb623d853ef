/**
 * Files that their own program may open. Never one that the system would run, such as a script, a shortcut or a program;
 * nor a web page, which would reach out to where it was made.
 */
const opened: ReadonlySet<string> = new Set(
  (
    'pdf docx doc rtf odt xlsx xls ods csv tsv pptx ppt odp epub eml msg txt md log json xml yaml yml ' +
    'png jpg jpeg tif tiff webp gif bmp heic heif avif'
  ).split(' '),
);

/** @param name of a file, with or without its folder. */
export function isOpenedByItsProgram(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return dot >= 0 && opened.has(name.slice(dot + 1).toLowerCase());
}
