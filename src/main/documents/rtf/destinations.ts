/** What a group is for. `shell`, `object`, `shapeValue`: only the groups within it hold text. */
export type Destination =
  | 'text'
  | 'skip'
  | 'shell'
  | 'object'
  | 'fonts'
  | 'code'
  | 'mark'
  | 'form'
  | 'formEntry'
  | 'objectClass'
  | 'shapeName'
  | 'shapeValue'
  | 'picture'
  | 'note'
  | 'header'
  | 'footer'
  | 'box'
  | 'styles'
  | 'author'
  | 'comment'
  | 'lists'
  | 'levelText';

/** By the control word that begins the group. A group of an unknown word is text, or nothing if it is marked as optional. */
const destinations: ReadonlyMap<string, Destination> = new Map(
  (
    [
      [
        'skip',
        'colortbl info levelnumbers listname liststylename revtbl rsidtbl generator xmlnstbl themedata ' +
          'colorschememapping latentstyles datastore datafield filetbl pgptbl mmathPr mmathPict nonshppict shprslt ' +
          'nonesttables bkmkstart bkmkend atnid atntime atnicn atnref atnparent atndate tc tcn xe template ' +
          'objdata objname objalias objsect objtime falt panose fontemb ' +
          'ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn pnseclvl pn pntxta pntxtb background htmltag mhtmltag ' +
          'picprop blipuid blipupi ffname ffhelptext ffstattext ffentrymcr ffexitmcr ffformat ffdeftext ' +
          'keycode formfieldref userprops wgrffmtfilter docvar mailmerge',
      ],
      ['object', 'object'],
      ['shapeName', 'sn'],
      ['shapeValue', 'sv'],
      ['shell', 'shp shpinst shpgrp do mmath moMath moMathPara upr'],
      ['text', 'result shppict fldrslt nesttableprops mr'],
      ['fonts', 'fonttbl'],
      ['styles', 'stylesheet'],
      ['code', 'fldinst'],
      ['mark', 'listtext pntext'],
      ['form', 'formfield'],
      ['formEntry', 'ffl'],
      ['objectClass', 'objclass'],
      ['picture', 'pict'],
      ['note', 'footnote'],
      ['header', 'header headerl headerr headerf'],
      ['footer', 'footer footerl footerr footerf'],
      ['box', 'shptxt dptxbxtext'],
      ['lists', 'listtable listoverridetable'],
      ['levelText', 'leveltext'],
      ['author', 'atnauthor'],
      ['comment', 'annotation'],
    ] satisfies [Destination, string][]
  ).flatMap(([destination, words]) => words.split(' ').map((word): [string, Destination] => [word, destination])),
);

/** Whether only the groups within such a group hold text. */
export function isShell(destination: Destination): boolean {
  return destination === 'shell' || destination === 'object' || destination === 'shapeValue';
}

export function destinationOf(word: string): Destination | undefined {
  return destinations.get(word);
}
