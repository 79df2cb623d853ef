import { type Attributes, readXml } from '../packed/xml-events.ts';

/** Collects the text of a string, of one run or several, without the phonetic guides over it. */
export function createRichText() {
  let text = '';
  let isText = false;
  let guides = 0;
  return {
    clear(): void {
      text = '';
    },
    open(name: string): void {
      if (name === 'x:rPh') guides += 1;
      isText = name === 'x:t' && guides === 0;
    },
    close(name: string): void {
      if (name === 'x:rPh') guides -= 1;
      isText = false;
    },
    add(piece: string): void {
      if (isText) text += piece;
    },
    value: (): string => withoutEscapes(text),
  };
}

/** Characters that XML cannot hold are written as `_x000D_`. */
function withoutEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([\da-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Reads `xl/sharedStrings.xml`: texts that cells refer to by their index. */
export function readSharedStrings(xml: Uint8Array): readonly string[] {
  const strings: string[] = [];
  const rich = createRichText();
  readXml(xml, {
    open(name) {
      if (name === 'x:si') rich.clear();
      else rich.open(name);
    },
    close(name) {
      if (name === 'x:si') strings.push(rich.value());
      else rich.close(name);
    },
    text: rich.add,
  });
  return strings;
}

/** Whether an element says yes: `1`, `true`. */
export function isSet(attributes: Attributes, name: string): boolean {
  const value = attributes[name];
  return value === '1' || value === 'true' || value === 'on';
}
