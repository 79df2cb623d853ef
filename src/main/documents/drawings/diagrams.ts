import { attributeOf, readXml } from '../packed/xml-events.ts';

/** Deeper boxes are not indented further. */
const maxIndents = 8;

/** The text of a diagram (SmartArt) from its data: a line per box, in tree order. '' if the diagram has no text. */
export function diagramText(xml: string | Uint8Array): string {
  const { texts, children, root } = readData(xml);
  const lines: string[] = [];
  const written = new Set<string>();
  const open: [id: string, depth: number][] = [[root, -1]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [id, depth] = next;
    if (written.has(id)) continue;
    written.add(id);
    const text = texts.get(id) ?? '';
    if (text !== '') lines.push(`${'  '.repeat(Math.min(Math.max(0, depth), maxIndents))}- ${text}`);
    for (const child of [...(children.get(id) ?? [])].reverse()) open.push([child, depth + 1]);
  }
  // Unconnected boxes have text, too.
  for (const [id, text] of texts) if (!written.has(id) && text !== '') lines.push(`- ${text}`);
  return lines.join('\n');
}

function readData(xml: string | Uint8Array) {
  const texts = new Map<string, string>();
  const children = new Map<string, string[]>();
  let root = '';
  let point = '';
  let isText = false;
  readXml(xml, {
    open(name, attributes) {
      if (name === 'dgm:pt') {
        point = attributeOf(attributes, 'modelId') ?? '';
        if (attributeOf(attributes, 'type') === 'doc') root = point;
        texts.set(point, '');
      } else if (name === 'dgm:cxn') {
        const kind = attributeOf(attributes, 'type') ?? 'parOf';
        const parent = attributeOf(attributes, 'srcId') ?? '';
        if (kind !== 'parOf') return;
        const siblings = children.get(parent) ?? [];
        children.set(parent, siblings);
        siblings.push(attributeOf(attributes, 'destId') ?? '');
      } else if (name === 'a:p' && (texts.get(point) ?? '') !== '') texts.set(point, `${texts.get(point)} `);
      isText = name === 'a:t';
    },
    close() {
      isText = false;
    },
    text(text) {
      if (isText) texts.set(point, (texts.get(point) ?? '') + text);
    },
  });
  return { texts, children, root };
}
