import { extensionOf } from './file-problems.ts';
import type { ImageFormat } from './images/image-pages.ts';

/** The format a document was read as. */
export type DocumentFormat =
  | 'text'
  | 'markdown'
  | 'html'
  | 'csv'
  | 'json'
  | 'xml'
  | 'yaml'
  | 'config'
  | 'log'
  | 'code'
  | 'pdf'
  | 'docx'
  | 'xlsx'
  | 'pptx'
  | 'rtf'
  | 'doc'
  | 'xls'
  | 'ppt'
  | 'epub'
  | 'odt'
  | 'ods'
  | 'odp'
  | 'eml'
  | 'msg'
  | 'mbox'
  | ImageFormat;

const extensionsByFormat: Readonly<Partial<Record<DocumentFormat, string>>> = {
  markdown: 'md markdown mdown mkd mdx',
  html: 'html htm xhtml shtml',
  csv: 'csv tsv tab psv',
  json: 'json jsonl ndjson json5 jsonc geojson ipynb webmanifest',
  xml: 'xml xsd xsl xslt rss atom svg kml gpx opml plist xliff tmx dita',
  yaml: 'yaml yml',
  config: 'ini toml cfg conf config properties env reg editorconfig gitconfig npmrc desktop service',
  log: 'log out err trace',
  code:
    'c h cc cpp cxx hh hpp hxx m mm cs java kt kts scala groovy gradle go rs swift dart zig nim d v ' +
    'js mjs cjs jsx ts mts cts tsx vue svelte astro css scss sass less ' +
    'py pyi rb php pl pm lua r jl ex exs erl hrl hs lhs ml mli fs fsx fsi clj cljs lisp el scm rkt ' +
    'sh bash zsh fish ps1 psm1 bat cmd awk sed sql graphql gql proto thrift tf hcl nix cmake mk make ' +
    'asm s vb vbs bas pas pp f f90 for cob cbl ada adb abap sol tcl vhd vhdl sv svh wat',
};

const formatByExtension: ReadonlyMap<string, DocumentFormat> = new Map(
  (Object.entries(extensionsByFormat) as [DocumentFormat, string][]).flatMap(([format, extensions]) =>
    extensions.split(' ').map((extension): [string, DocumentFormat] => [`.${extension}`, format]),
  ),
);

/** Whether files with this extension (without its dot) are text that is sent as it is, so that their size tells how much. */
export function isPlainText(extension: string): boolean {
  const format = extension === 'txt' ? 'text' : formatByExtension.get(`.${extension}`);
  return format !== undefined && format !== 'html';
}

/** Extensions that say nothing about the text inside, so the content decides the format. */
const undecidedExtensions: ReadonlySet<string> = new Set([
  '',
  ...'.doc .docx .xls .xlsx .ppt .pptx .odt .ods .odp .pdf .rtf .tmp .bak'.split(' '),
]);

/** The format of a text file, from its name or, if that says nothing, from its first line. */
export function textFormatOf(path: string, text: string): DocumentFormat {
  const extension = extensionOf(path);
  const byName = formatByExtension.get(extension);
  if (byName !== undefined) return byName;
  if (undecidedExtensions.has(extension) && /^\s*(?:<!doctype html|<html[\s>])/i.test(text.slice(0, 1_024))) {
    return 'html';
  }
  return 'text';
}
