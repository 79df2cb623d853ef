/** Mails, made of parts. */

let boundaries = 0;

/** A whole mail with the given headers, or only a subject, around a part. */
export function mail(headers: readonly string[], body: Buffer): Buffer {
  const own = ['MIME-Version: 1.0', ...(headers.length === 0 ? ['Subject: Test'] : headers)];
  return Buffer.concat([Buffer.from(`${own.join('\r\n')}\r\n`), body]);
}

/** A part: its headers, an empty line, its content. */
export function part(
  type: string,
  content: string | Buffer,
  encoding: 'base64' | 'quoted-printable' | '7bit' | '8bit' = '8bit',
  headers: readonly string[] = [],
): Buffer {
  const lines = [`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`, ...headers, '', ''];
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(lines.join('\r\n')), encoding === 'base64' ? inBase64(bytes) : bytes]);
}

export function attachment(name: string, content: string | Buffer, type = 'application/octet-stream'): Buffer {
  return part(type, content, 'base64', [`Content-Disposition: attachment; filename="${name}"`]);
}

export function multipart(kind: string, ...parts: readonly Buffer[]): Buffer {
  boundaries += 1;
  const boundary = `=_part_${boundaries}_`;
  const pieces = parts.flatMap((one) => [Buffer.from(`\r\n--${boundary}\r\n`), one]);
  const head = `Content-Type: multipart/${kind};\r\n boundary="${boundary}"\r\n\r\nThis mail has several parts.\r\n`;
  return Buffer.concat([Buffer.from(head), ...pieces, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/** A file as programs of before MIME put it into the text of a mail. */
export function uuencoded(name: string, content: string | Buffer): string {
  const bytes = Buffer.from(content);
  const lines = [`begin 644 ${name}`];
  for (let at = 0; at < bytes.length; at += 45) {
    const piece = bytes.subarray(at, at + 45);
    const groups = Array.from({ length: Math.ceil(piece.length / 3) }, (_, group) =>
      Buffer.concat([piece.subarray(group * 3, group * 3 + 3), Buffer.alloc(2)]).readUIntBE(0, 3),
    );
    const letters = groups.flatMap((group) => [18, 12, 6, 0].map((by) => letter((group >> by) & 0x3f)));
    lines.push(`${letter(piece.length)}${letters.join('')}`);
  }
  return [...lines, '`', 'end', ''].join('\r\n');
}

/** Zeros as blanks, as the first programs did. */
function letter(value: number): string {
  return String.fromCharCode(value + 0x20);
}

export function inBase64(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('base64').replace(/.{76}/g, '$&\r\n'));
}
