/** Kinds of files that Docket recognises but does not read: their names, and how to get their content in anyway. */

/** What can be done with a kind of file instead. */
export type FileFamily = 'image' | 'media' | 'archive' | 'program' | 'data' | 'word' | 'sheet' | 'slides' | 'mail';

interface KnownKind {
  /** With its article. */
  readonly name: string;
  readonly family: FileFamily;
}

export const fileKinds = {
  png: { name: 'a PNG image', family: 'image' },
  jpeg: { name: 'a JPEG image', family: 'image' },
  tiff: { name: 'a TIFF image', family: 'image' },
  icon: { name: 'an icon', family: 'image' },
  gzip: { name: 'a gzip archive', family: 'archive' },
  xz: { name: 'an xz archive', family: 'archive' },
  seven_zip: { name: 'a 7-Zip archive', family: 'archive' },
  rar: { name: 'a RAR archive', family: 'archive' },
  zstandard: { name: 'a Zstandard archive', family: 'archive' },
  program: { name: 'a program', family: 'program' },
  webassembly: { name: 'a WebAssembly program', family: 'program' },
  matroska: { name: 'a Matroska or WebM video', family: 'media' },
  sqlite: { name: 'an SQLite database', family: 'data' },
  font: { name: 'a font', family: 'program' },
  jpeg_2000: { name: 'a JPEG 2000 image', family: 'image' },
  gif: { name: 'a GIF image', family: 'image' },
  webp: { name: 'a WebP image', family: 'image' },
  wav: { name: 'a WAV sound file', family: 'media' },
  avi: { name: 'an AVI video', family: 'media' },
  heic: { name: 'a HEIC image', family: 'image' },
  avif: { name: 'an AVIF image', family: 'image' },
  m4a: { name: 'an M4A sound file', family: 'media' },
  mp4: { name: 'an MP4 or QuickTime video', family: 'media' },
  mp3: { name: 'an MP3 sound file', family: 'media' },
  ogg: { name: 'an Ogg sound or video file', family: 'media' },
  flac: { name: 'a FLAC sound file', family: 'media' },
  flash_video: { name: 'a Flash video', family: 'media' },
  bmp: { name: 'a BMP image', family: 'image' },
  photoshop: { name: 'a Photoshop image', family: 'image' },
  djvu: { name: 'a DjVu document', family: 'image' },
  bzip2: { name: 'a bzip2 archive', family: 'archive' },
  tar: { name: 'a tar archive', family: 'archive' },
  cabinet: { name: 'a cabinet archive', family: 'archive' },
  windows_program: { name: 'a Windows program', family: 'program' },
  java_class: { name: 'a Java class or a program', family: 'program' },
  web_font: { name: 'a web font', family: 'program' },
  parquet: { name: 'a Parquet data file', family: 'data' },
  outlook_data: { name: 'an Outlook data file', family: 'data' },
  property_list: { name: 'a binary property list', family: 'data' },
  kindle: { name: 'a Kindle book', family: 'word' },
  rtf: { name: 'a rich text document (.rtf)', family: 'word' },
  postscript: { name: 'a PostScript document', family: 'slides' },
  mime: { name: 'an e-mail or saved web page (MIME)', family: 'mail' },
  signed: { name: 'a signed file (.p7m)', family: 'archive' },
  tnef: { name: 'a package that only Outlook opens (winmail.dat)', family: 'mail' },
  doc: { name: 'a Word 97–2003 document (.doc)', family: 'word' },
  doc_6: { name: 'a Word 6 or 95 document (.doc)', family: 'word' },
  ppt: { name: 'a PowerPoint 97–2003 presentation (.ppt)', family: 'slides' },
  ppt_95: { name: 'a presentation of PowerPoint 95 or before (.ppt)', family: 'slides' },
  xls: { name: 'an Excel 97–2003 workbook (.xls)', family: 'sheet' },
  xls_5: { name: 'an Excel 5.0 workbook (.xls)', family: 'sheet' },
  outlook_message: { name: 'an Outlook message (.msg)', family: 'mail' },
  old_office: { name: 'an old Microsoft Office file', family: 'word' },
  embedded_object: { name: 'an object of another program', family: 'slides' },
  xlsb: { name: 'an Excel binary workbook (.xlsb)', family: 'sheet' },
  visio: { name: 'a Visio drawing (.vsdx)', family: 'slides' },
  iwork: { name: 'an Apple Pages, Numbers or Keynote file', family: 'slides' },
  epub: { name: 'an EPUB book', family: 'slides' },
  open_document: { name: 'an OpenDocument drawing, formula or database', family: 'slides' },
  android_app: { name: 'an Android app', family: 'program' },
  java_archive: { name: 'a Java archive', family: 'program' },
  zip: { name: 'a ZIP archive', family: 'archive' },
} as const satisfies Readonly<Record<string, KnownKind>>;

export type FileKind = keyof typeof fileKinds;
