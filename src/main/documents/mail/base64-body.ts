/** A body in base64, and the plain text that a mailing list or a server has put behind it. */
export interface Base64Body {
  readonly bytes: Buffer;
  /** null of nearly all. */
  readonly footer: Buffer | null;
}

/** Encoders break lines at 60 to 76 characters; words that long, without a point or a colon, are in no footer. */
const shortestFullLine = 60;
const outside = /[^A-Za-z0-9+/=\s]/;

/** Decodes it; other characters between lines of base64 are passed over. What only says that it is base64 is as it is. */
export function decodeBase64Body(body: Buffer): Base64Body {
  const written = body.toString('latin1');
  const end = outside.test(written) ? endOfBase64(written) : written.length;
  if (end === 0) return { bytes: body, footer: null };
  return { bytes: decoded(written.slice(0, end)), footer: isText(written.slice(end)) ? body.subarray(end) : null };
}

/** Signs alone are what a program that stored the mail has left, and so is a dividing line that no mail announced. */
function isText(behind: string): boolean {
  return /[A-Za-z0-9\x80-\xff]/.test(behind) && !/^--\S+$/.test(behind.trim());
}

/** Where the last line of base64 ends, if anything but white space and words stands behind it. */
function endOfBase64(body: string): number {
  let end = 0;
  /** The last line may be short. */
  let mayGoOn = true;
  let isTextBehind = false;
  for (let start = 0; start < body.length; ) {
    const found = body.indexOf('\n', start);
    const next = found === -1 ? body.length : found + 1;
    const line = body.slice(start, next).trim();
    const isPadded = line.endsWith('=');
    const isBase64 = isLineOfBase64(line);
    const isSure = isBase64 && (isPadded || line.length >= shortestFullLine);
    const goesOn = isSure || (mayGoOn && isBase64 && line.length % 4 === 0);
    if (goesOn) {
      end = next;
      isTextBehind = false;
      mayGoOn = !isPadded;
    } else {
      mayGoOn = end === 0 && line === '';
      isTextBehind ||= outside.test(line) || /\s/.test(line);
    }
    start = next;
  }
  return isTextBehind ? end : body.length;
}

/** Line ends that became blanks on the way are as good; blanks between short words are not. */
function isLineOfBase64(line: string): boolean {
  return line !== '' && !outside.test(line) && !/=[^=]|={3}/.test(line) && !/(?:^|\s)\S{1,39}\s/.test(line);
}

/** Some programs pad each line, so a piece ends at each padding. */
function decoded(written: string): Buffer {
  const letters = written.replace(/[^A-Za-z0-9+/=]+/g, '');
  const bytes = Buffer.alloc(Math.ceil((letters.length * 3) / 4));
  let length = 0;
  for (let start = 0; start < letters.length; ) {
    const padding = letters.indexOf('=', start);
    const end = padding === -1 ? letters.length : padding;
    if (end > start) length += bytes.write(letters.slice(start, end), length, 'base64');
    start = end + 1;
  }
  return bytes.subarray(0, length);
}
