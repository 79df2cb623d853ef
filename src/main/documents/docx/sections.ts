import { type Attributes, attributeOf, isOn } from '../packed/xml-events.ts';

/**
 * Collects the headers and footers that sections print, by relationship id. A first-page header counts only if the
 * section has a distinct first page.
 */
export function createSections(headers: string[], footers: string[]) {
  let references: { readonly ids: string[]; readonly type: string; readonly id: string }[] = [];
  let hasTitlePage = false;

  return {
    open(name: string, attributes: Attributes): void {
      if (name === 'w:sectPr') {
        references = [];
        hasTitlePage = false;
      } else if (name === 'w:titlePg') hasTitlePage = isOn(attributeOf(attributes, 'val'));
      else if (name === 'w:headerReference' || name === 'w:footerReference') {
        const ids = name === 'w:headerReference' ? headers : footers;
        references.push({
          ids,
          type: attributeOf(attributes, 'type') ?? 'default',
          id: attributeOf(attributes, 'id') ?? '',
        });
      }
    },
    close(name: string): void {
      if (name !== 'w:sectPr') return;
      for (const { ids, type, id } of references) if (type !== 'first' || hasTitlePage) ids.push(id);
      references = [];
    },
  };
}
