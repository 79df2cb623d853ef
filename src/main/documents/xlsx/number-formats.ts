import { readXml } from '../packed/xml-events.ts';
import { builtInPattern, generalNumber, type NumberWriter, numberWriter } from '../sheets/number-format.ts';

/** How the cells of a style write numbers, by the style's index. */
export type NumberFormats = (style: number) => NumberWriter;

/** Reads `xl/styles.xml`. */
export function readNumberFormats(xml: Uint8Array, is1904: boolean): NumberFormats {
  const patterns = new Map<number, string>();
  const styles: number[] = [];
  let isInCells = false;
  readXml(xml, {
    open(name, attributes) {
      if (name === 'x:numFmt') patterns.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'x:cellXfs') isInCells = true;
      else if (name === 'x:xf' && isInCells) styles.push(Number(attributes.numFmtId ?? 0));
    },
    close(name) {
      if (name === 'x:cellXfs') isInCells = false;
    },
  });
  const writers = new Map<number, NumberWriter>();
  return (style) => {
    const id = styles[style];
    if (id === undefined || id === 0) return generalNumber;
    const writer = writers.get(id) ?? numberWriter(patterns.get(id) ?? builtInPattern(id), is1904);
    writers.set(id, writer);
    return writer;
  };
}
