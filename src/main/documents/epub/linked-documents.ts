import { pathFrom } from './package.ts';

/** Media types of documents of a book; the second and third are those of the older kind. */
const documentTypes = /^(?:application\/xhtml\+xml|text\/html|text\/x-oeb1-document)$/;

/** The paths of the book's documents among the parts that its package lists, by their media types. */
export function documentsAmong(types: ReadonlyMap<string, string>): readonly string[] {
  return [...types].filter(([, type]) => documentTypes.test(type)).map(([path]) => path);
}

/** The paths in the book that the links on a page lead to, and those of the pages that it shows within it. */
export function linkedPaths(page: string, path: string): readonly string[] {
  const links = page.matchAll(
    /<(?:\w+:)?(?:a|area|iframe|object)\s[^<>]{0,2000}?\b(?:href|src|data)\s{0,9}=\s{0,9}["']([^"'#]{1,1000})/gi,
  );
  return [...links].map(([, reference = '']) => pathFrom(path, reference));
}
