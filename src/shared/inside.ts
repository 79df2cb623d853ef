/** Files inside other files: members of an archive, attachments of a mail or a PDF. */

/**
 * Where a file lies in the file at its path: names from the outermost container to its own, each unique in its container.
 * Empty for that file itself.
 */
export type Inside = readonly string[];

/** Between the name of a container and that of a file in it, where both are shown as one name. */
const MARK = ' › ';

/** "offer.eml › contract.pdf" */
export function nameInside(container: string, name: string): string {
  return `${container}${MARK}${name}`;
}

/** A place in a container in words, for lists and exports: "mails/offer.eml › contract.pdf"; '' for a file of its own. */
export function insideWords(inside: Inside): string {
  return inside.join(MARK);
}

/** A shown name as the folder or container that the file lies in, '' if none is named, and the name of the file alone. */
export function partedName(name: string): { readonly folder: string; readonly file: string } {
  const slash = name.lastIndexOf('/');
  const mark = name.lastIndexOf(MARK);
  const [end, start] = mark > slash ? [mark, mark + MARK.length] : [slash, slash + 1];
  return { folder: name.slice(0, Math.max(0, end)), file: name.slice(start) };
}

/** A folder or container within the one that all files of a list share, which is left out; '' for that itself. */
export function folderWithin(root: string, folder: string): string {
  if (folder === root) return '';
  for (const mark of ['/', MARK]) if (folder.startsWith(root + mark)) return folder.slice(root.length + mark.length);
  return folder;
}

/** Whether a file is an archive of many files, as far as its name tells: what is dropped is not opened to know. */
export function isArchiveName(name: string): boolean {
  return /\.(?:zip|tar|7z|rar|t(?:ar\.)?(?:gz|xz|bz2?|zst))$/i.test(name);
}
