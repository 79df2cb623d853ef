/** Shorter "keys" are placeholders that local servers ask for; hiding such a word would garble texts. */
const SHORTEST_SECRET = 8;

/** Takes a key out of what a server sent: some repeat the key they were given in their errors. */
export function hideKey(text: string, key: string): string {
  return key.length < SHORTEST_SECRET ? text : text.replaceAll(key, '[key]');
}
