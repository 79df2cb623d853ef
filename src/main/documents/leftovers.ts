const leftovers = new Set([
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  'icon\r',
  '__macosx',
  '$recycle.bin',
  'system volume information',
  'node_modules',
]);

/** Hidden, or left behind by a system or program: not something people mean to have read. */
export function isLeftover(name: string): boolean {
  return name.startsWith('.') || name.startsWith('~$') || leftovers.has(name.toLowerCase());
}
