import { attributeOf, readXml } from '../packed/xml-events.ts';
import { localName } from './package.ts';

/** Ways to make fonts useless outside the book; its text is not affected. */
const fontsOnly = /^http:\/\/(?:www\.idpf\.org\/2008\/embedding|ns\.adobe\.com\/pdf\/enc#RC)$/;

/**
 * Paths of what only the programs of a seller can read.
 *
 * @param folder the one that the book is packed with; '' or with a slash at its end.
 */
export function encryptedPaths(encryption: string, folder: string): ReadonlySet<string> {
  const paths = new Set<string>();
  let algorithm = '';
  readXml(encryption, {
    open(qualified, attributes) {
      const name = localName(qualified);
      if (name === 'EncryptedData') algorithm = '';
      else if (name === 'EncryptionMethod') algorithm ||= attributeOf(attributes, 'Algorithm') ?? '';
      else if (name === 'CipherReference' && !fontsOnly.test(algorithm)) {
        paths.add(folder + decodeURIComponent(attributeOf(attributes, 'URI') ?? ''));
      }
    },
    close() {},
  });
  return paths;
}
