"""The words that stand in the XML or bytes of documents, without what they mean: a JSON list of nulls or
[text, what else is given by some programs: names, addresses, what was there before the last save].
"""
import html
import json
import re
import sys
import zipfile

# Text is in these; settings, styles and what programs keep for themselves are not.
PARTS = re.compile(
    r'^(?:word/(?:document|header|footer|footnotes|endnotes|comments|charts/|diagrams/data|glossary/document)'
    r'|ppt/(?:slides/|slideLayouts/|slideMasters/|notesSlides|comments|charts|diagrams/data)'
    r'|xl/(?:workbook|worksheets/|comments|drawings/|charts/)'
    r'|(?:Object[^/]*/)?(?:content|styles)\.xml$|.*\.x?html?$)'
)
HEADER_CODES = re.compile(r'&amp;(?:[A-Z]|\d+|(?:&quot;|").*?(?:&quot;|"))')
# A formula with a result; a cell with the place of its text among those that cells share.
FORMULAS = re.compile(r'<f\b[^>]*>[^<]*</f>(?=<v\b)')
SHARED = re.compile(r'(?s)<((?:\w+:)?)si>(.*?)</\1si>')
SHARING = re.compile(r'(?s)(<(?:\w+:)?c\b[^>]*\bt="s"[^>]*>\s*<(?:\w+:)?v>)(\d+)<')
# What may be on every slide; prompts of layouts are on none.
SHAPES = re.compile(r'(?s)<p:sp>.*?</p:sp>')
PLACEHOLDER = re.compile(r'<p:ph\b(?:[^>]*\btype="(\w+)")?')
REPEATED = ('dt', 'ftr', 'hdr')
MASTERS = re.compile(r'(?s)<style:master-page\b.*?</style:master-page>')
FRAMES = re.compile(r'(?s)<draw:(frame|custom-shape)\b.*?</draw:\1>')
# Links of a part are beside it.
LINKS = re.compile(r'^(?:word|ppt/slides|xl/worksheets)/_rels/.*\.rels$')
ENDS = re.compile(
    r'</(?:\w+:)?(?:p|h|si|is|f|v|c|t|pt|col|colOff|row|rowOff|posOffset|align|creator|date|date-string|div|li|td|th|tr|h\d|title|dt|dd|pre|table-cell|text-box|sheet)>'
)
GAPS = re.compile(r'<(?:\w+:)?(?:tab|br|cr|s|line-break|p|text|t xml:space="preserve")(?:\s[^>]*)?/>')
NAMES = re.compile(r'(?:<sheet\b[^>]*?\bname|\btable:name|\bdescr|\bdraw:name|\bw:author|\b(?:xlink:)?href)="([^"]*)"|\bTarget="([^"]*)"(?=[^>]*TargetMode="External")')
# Formats of numbers and references to cells are in styles and charts beside the text.
UNSEEN = re.compile(
    r'(?is)<(script|style|office:(?:binary-data|settings|styles|automatic-styles)|c:f|c:formatCode)(?=[\s>])[^>]*>.*?</\1>|<!--.*?-->'
)
WORD_ENDS = re.compile(r'</(?:w|a|m):t>')


def in_headers(sheet):
    """Places, fonts and sizes stand in front of the words of a printed page's header."""
    return re.sub(r'(?s)<headerFooter\b.*?</headerFooter>', lambda found: HEADER_CODES.sub(' ', found[0]), sheet)


def words(xml):
    return ' '.join(re.sub('<[^>]*>', ' ', xml).split())


def once(part, name, seen):
    """
    What stands on every slide counts once: footers, and what layouts and masters print. A slide's number, a date that
    changes by itself and the prompts of layouts do not count.
    """
    is_slide = name.startswith('ppt/slides/')

    def shape(found):
        placeholder = PLACEHOLDER.search(found[0])
        kind = placeholder and placeholder[1]
        if placeholder and not is_slide or kind == 'sldNum' or kind == 'dt' and 'type="datetime' in found[0]:
            return ''
        return first(found[0]) if kind in REPEATED or not is_slide else found[0]

    def first(xml):
        text = words(xml)
        if text in seen:
            return ''
        seen.add(text)
        return xml

    if name.startswith('ppt/slide'):
        return SHAPES.sub(shape, part)
    return MASTERS.sub(lambda master: FRAMES.sub(lambda frame: first(frame[0]), master[0]), part)


def sheet_of(xml, texts):
    """With each cell's text in its place, as often as it is shown."""
    shared = lambda found: found[1] + (texts[int(found[2])] if int(found[2]) < len(texts) else '') + '<'
    return SHARING.sub(shared, FORMULAS.sub('', xml))


def text_of(xml):
    """Its text, and names and addresses, which some programs give and others do not."""
    names = ' '.join(''.join(name) for name in NAMES.findall(xml))
    xml = UNSEEN.sub(' ', in_headers(xml))
    # Word and PowerPoint part one word into runs.
    xml = WORD_ENDS.sub('', xml)
    xml = GAPS.sub(' ', ENDS.sub('\n', xml))
    return html.unescape(re.sub(r'<[^>]*>', '', xml)), html.unescape(names)


def decoded(part):
    return part.decode('utf-16' if part[:2] in (b'\xff\xfe', b'\xfe\xff') else 'utf-8', 'replace')


def parts_of(path):
    if not zipfile.is_zipfile(path):
        yield once(decoded(open(path, 'rb').read()), '', set())
        return
    seen = set()
    with zipfile.ZipFile(path) as archive:
        shared = 'xl/sharedStrings.xml'
        texts = SHARED.findall(decoded(archive.read(shared))) if shared in archive.namelist() else []
        texts = [re.sub(r'(?s)<((?:\w+:)?)rPh\b.*?</\1rPh>', '', text) for _, text in texts]
        for name in archive.namelist():
            if name.startswith('xl/worksheets/') and PARTS.match(name):
                yield sheet_of(decoded(archive.read(name)), texts)
            elif PARTS.match(name) or LINKS.match(name):
                part = decoded(archive.read(name))
                yield once(part, name, seen)


def bytes_of(data):
    """Older documents have their text in one byte a letter or two, at even places or odd ones."""
    yield data.decode('cp1252', 'replace')
    yield data.decode('utf-16-le', 'replace')
    yield data[1:].decode('utf-16-le', 'replace')


TEXT_RECORDS = re.compile(rb'(?s).\x00([\xa0\xa8\xba])\x0f(....)')


def slides_of(data):
    """The texts of PowerPoint's records, each once: every save adds what changed, and each slide has the footer."""
    texts = {}
    for found in TEXT_RECORDS.finditer(data):
        text = data[found.end() : found.end() + int.from_bytes(found[2], 'little')]
        texts[text.decode('latin-1' if found[1] == b'\xa8' else 'utf-16-le', 'replace')] = None
    return texts


def rich_text_of(data):
    """Words of rich text with all that it says of fonts and styles."""
    text = data.decode('latin-1')
    page = re.search(r'\\ansicpg(\d+)', text)
    encoding = f'cp{page[1]}' if page else 'cp1252'
    letters = lambda found: bytes.fromhex(''.join(re.findall(r"\\'([0-9a-fA-F]{2})", found[0]))).decode(encoding, 'replace')
    text = re.sub(r"(?:\\'[0-9a-fA-F]{2})+", letters, text)
    text = re.sub(r'\\u(-?\d+) ?\??', lambda found: chr(int(found[1]) % 65536), text)
    text = re.sub(r'\\(?:par|line|tab|cell|row|page|sect|emdash|endash)\b', ' ', text)
    return re.sub(r'\\[a-zA-Z]+-?\d* ?|[{}\r\n]|\\.', '', text)


def read(path):
    try:
        data = open(path, 'rb').read()
        if data.startswith(b'\xd0\xcf\x11\xe0'):
            whole = '\n'.join(bytes_of(data))
            return ('\n'.join(slides_of(data)), whole) if re.search(r'(?i)\.pp[st]$', path) else (whole, '')
        if data.startswith(b'{\\rtf'):
            return rich_text_of(data), ''
        texts, names = zip(*map(text_of, parts_of(path)))
        return '\n'.join(texts), ' '.join(names)
    except Exception:
        return None


json.dump([read(path) for path in json.load(sys.stdin)], sys.stdout)
