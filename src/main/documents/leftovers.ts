/** Names in a folder that are not something people mean to have read. */

const names = new Set([
  'thumbs.db',
  'ehthumbs.db',
  'desktop.ini',
  'icon\r',
  '__macosx',
  '$recycle.bin',
  'system volume information',
  'node_modules',
]);

/** What browsers, scanners and copying programs write into until a file is whole; it gets its own name then. */
const unfinished = /\.(?:part|partial|filepart|crdownload|opdownload|download|tmp|temp)$/iu;

/** Hidden, left behind by a system or program (`Thumbs.db`, `node_modules`, `~$…`, an editor's copy `…~`), or not whole yet. */
export function isLeftover(name: string): boolean {
  return (
    name.startsWith('.') ||
    name.startsWith('~$') ||
    name.endsWith('~') ||
    names.has(name.toLowerCase()) ||
    unfinished.test(name)
  );
}
