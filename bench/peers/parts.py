"""The words that stand in the XML or bytes of documents, without what they mean: a JSON list of [text, names] or nulls."""
import html
import json
import re
import sys
import zipfile

# Text is in these; settings, styles and what programs keep for themselves are not.
PARTS = re.compile(
    r'^(?:word/(?:document|header|footer|footnotes|endnotes|comments|charts/|diagrams/data|glossary/document)'
    r'|ppt/(?:slides/|slideLayouts/|slideMasters/|notesSlides|comments|charts|diagrams/data)'
    r'|xl/(?:workbook|sharedStrings|worksheets/|comments|drawings/|charts/)'
    r'|(?:Object[^/]*/)?(?:content|styles)\.xml$|.*\.x?html?$)'
)
# What may be on every slide; prompts of layouts are on none.
SHAPES = re.compile(r'(?s)<p:sp>.*?</p:sp>')
PLACEHOLDER = re.compile(r'<p:ph\b(?:[^>]*\btype="(\w+)")?')
REPEATED = ('dt', 'ftr', 'hdr')
MASTERS = re.compile(r'(?s)<style:master-page\b.*?</style:master-page>')
FRAMES = re.compile(r'(?s)<draw:(frame|custom-shape)\b.*?</draw:\1>')
# Links of a part are beside it.
LINKS = re.compile(r'^(?:word|ppt/slides|xl/worksheets)/_rels/.*\.rels$')
ENDS = re.compile(r'</(?:\w+:)?(?:p|h|si|is|f|v|c|t|pt|div|li|td|th|tr|h\d|title|dt|dd|pre|table-cell|text-box|sheet)>')
GAPS = re.compile(r'<(?:\w+:)?(?:tab|br|cr|s|line-break|p|text|t xml:space="preserve")(?:\s[^>]*)?/>')
NAMES = re.compile(r'(?:<sheet\b[^>]*?\bname|\btable:name|\bdescr|\bdraw:name|\bw:author|\b(?:xlink:)?href)="([^"]*)"|\bTarget="([^"]*)"(?=[^>]*TargetMode="External")')
# Formats of numbers and references to cells are in styles and charts beside the text.
UNSEEN = re.compile(
    r'(?is)<(script|style|office:(?:binary-data|settings|styles|automatic-styles)|c:f|c:formatCode)(?=[\s>])[^>]*>.*?</\1>|<!--.*?-->'
)
WORD_ENDS = re.compile(r'</(?:w|a|m):t>')


def in_headers(sheet):
    """Where a printed page's header begins on the left, in the middle and on the right."""
    return re.sub(r'(?s)<headerFooter\b.*?</headerFooter>', lambda found: re.sub('&amp;[LCR]', ' ', found[0]), sheet)


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
        for name in archive.namelist():
            if PARTS.match(name) or LINKS.match(name):
                part = decoded(archive.read(name))
                yield once(part, name, seen)


def bytes_of(data):
    """Older documents have their text in one byte a letter or two, at even places or odd ones."""
    yield data.decode('cp1252', 'replace')
    yield data.decode('utf-16-le', 'replace')
    yield data[1:].decode('utf-16-le', 'replace')


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
            return '\n'.join(bytes_of(data)), ''
        if data.startswith(b'{\\rtf'):
            return rich_text_of(data), ''
        texts, names = zip(*map(text_of, parts_of(path)))
        return '\n'.join(texts), ' '.join(names)
    except Exception:
        return None


json.dump([read(path) for path in json.load(sys.stdin)], sys.stdout)
