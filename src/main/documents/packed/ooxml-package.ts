import { type Attributes, readXml } from './xml-events.ts';
import type { ZipParts } from './zip-parts.ts';

/** How Office Open XML packages are put together: which part is which, and what they refer to. */

interface Relationship {
  readonly id: string;
  /** The last word of its type: `worksheet`, `comments`. */
  readonly type: string;
  /** A path in the package, or an address outside of it. */
  readonly target: string;
  readonly isExternal: boolean;
}

/** What a part refers to. */
export interface Relationships {
  readonly all: readonly Relationship[];
  /** A sheet can have as many as it has rows. */
  readonly byId: ReadonlyMap<string, Relationship>;
}

/** What a part refers to; nothing if it refers to nothing. `path` is '' for the package itself. */
export async function relationshipsOf(parts: ZipParts, path: string): Promise<Relationships> {
  const slash = path.lastIndexOf('/') + 1;
  const xml = await parts.bytes(`${path.slice(0, slash)}_rels/${path.slice(slash)}.rels`);
  const found: Relationship[] = [];
  readXml(xml, {
    open(name, attributes) {
      if (!name.endsWith('Relationship')) return;
      const isExternal = attributes.TargetMode === 'External';
      const target = attributes.Target ?? '';
      found.push({
        id: attributes.Id ?? '',
        type: (attributes.Type ?? '').split('/').at(-1) ?? '',
        target: isExternal ? target : resolved(target, path.slice(0, slash)),
        isExternal,
      });
    },
    close() {},
  });
  return { all: found, byId: new Map(found.map((one) => [one.id, one])) };
}

/** The path of what a part refers to, which may be given from the package's root or from the part's folder. */
function resolved(target: string, folder: string): string {
  const steps = target.startsWith('/') ? [] : folder.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}

/** A part that is referred to by this id. */
export function related({ byId }: Relationships, id: string): string | null {
  const found = byId.get(id);
  return found === undefined || found.isExternal ? null : found.target;
}

/** An address outside of the package that is referred to by this id. */
export function relatedOutside({ byId }: Relationships, id: string): string | null {
  const found = byId.get(id);
  return found?.isExternal === true ? found.target : null;
}

/** Parts that are referred to as this type. */
export function relatedAs({ all }: Relationships, type: string): readonly string[] {
  return all.filter((one) => one.type === type && !one.isExternal).map((one) => one.target);
}

/** The id of a relationship in an element's attributes: `r:id`, `r:embed`. */
export function relationId(attributes: Attributes, name = 'id'): string {
  return attributes[`r:${name}`] ?? '';
}

export interface MainPart {
  readonly path: string;
  /** '' if the package does not say. */
  readonly contentType: string;
}

/** The part that a package begins with; null if it is not such a package. */
export async function mainPartOf(parts: ZipParts): Promise<MainPart | null> {
  const [path] = relatedAs(await relationshipsOf(parts, ''), 'officeDocument');
  if (path === undefined || !parts.has(path)) return null;
  const { ofParts } = await contentTypesOf(parts);
  return { path, contentType: ofParts.get(path.toLowerCase()) ?? '' };
}

/** What a package says its parts are: of each by its path, or of all with an extension. Both are in small letters. */
export async function contentTypesOf(parts: ZipParts) {
  const ofParts = new Map<string, string>();
  const ofExtensions = new Map<string, string>();
  readXml(await parts.bytes('[Content_Types].xml'), {
    open(name, attributes) {
      const type = attributes.ContentType ?? '';
      if (name.endsWith('Override')) ofParts.set(resolved(attributes.PartName ?? '', '').toLowerCase(), type);
      else if (name.endsWith('Default')) ofExtensions.set((attributes.Extension ?? '').toLowerCase(), type);
    },
    close() {},
  });
  return { ofParts, ofExtensions };
}
