/** Shorter "keys" are placeholders for local servers; hiding such a word would garble texts. */
const SHORTEST_SECRET = 8;

/** Removes a key from a server's text: some servers repeat it in their errors. */
export function hideKey(text: string, key: string): string {
  return key.length < SHORTEST_SECRET ? text : text.replaceAll(key, '[key]');
}
