/** "Gesch\u00e4ft", which a model escaped twice, as "Geschäft". ASCII has no need to be escaped. */
export function unescaped(text: string): string {
  if (!text.includes('\\u')) return text;
  return text.replaceAll(/\\u([0-9a-f]{4})/gi, (whole, code: string) =>
    Number.parseInt(code, 16) > 0x7f ? String.fromCharCode(Number.parseInt(code, 16)) : whole,
  );
}
