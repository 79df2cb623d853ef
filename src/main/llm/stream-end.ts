/**
 * A line of its own: inside of a piece the same letters stand within JSON, where a line break is written as two
 * letters. In what came before it, the first line has a beginning too.
 */
const END_LINE = /[\r\n]data: ?\[DONE\]/;
const END_CHARACTERS = '\ndata: [DONE]'.length;

/**
 * Reads along in a stream of server-sent events whether it says that it is complete (`data: [DONE]`). The client stops
 * there and tells nobody; a stream whose connection is closed without it looks the same to it.
 *
 * @returns for each part of the stream, wherever it is cut, whether the end has been seen by then.
 */
export function createEndFinder(): (bytes: Uint8Array) => boolean {
  let before = '\n';
  let found = false;
  return (bytes) => {
    if (found) return true;
    const seen = before + Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    found = END_LINE.test(seen);
    before = seen.slice(-END_CHARACTERS);
    return found;
  };
}
