"""The words that stand in the XML or bytes of documents, without what they mean: a JSON list of texts or nulls."""
import html
import json
import re
import sys
import zipfile

# Text is in these; settings, styles and what programs keep for themselves are not.
PARTS = re.compile(
    r'^(?:word/(?:document|header|footer|footnotes|endnotes|comments|charts/|diagrams/data|glossary/document)'
    r'|ppt/(?:slides|notesSlides|comments|charts|diagrams/data)'
    r'|xl/(?:workbook|sharedStrings|worksheets/|comments|drawings/|charts/)'
    r'|(?:Object[^/]*/)?(?:content|styles)\.xml$|.*\.x?html?$)'
)
# Links of a part are beside it.
LINKS = re.compile(r'^(?:word|ppt/slides|xl/worksheets)/_rels/.*\.rels$')
ENDS = re.compile(r'</(?:\w+:)?(?:p|h|si|is|v|c|t|pt|div|li|td|th|tr|h\d|title|dt|dd|pre|table-cell|text-box|sheet)>')
GAPS = re.compile(r'<(?:\w+:)?(?:tab|br|cr|s|line-break|p|text|t xml:space="preserve")(?:\s[^>]*)?/>')
NAMES = re.compile(r'(?:<sheet\b[^>]*?\bname|\btable:name|\bdescr|\bdraw:name|\bw:author|\b(?:xlink:)?href)="([^"]*)"|\bTarget="([^"]*)"(?=[^>]*TargetMode="External")')
UNSEEN = re.compile(r'(?is)<(script|style|office:binary-data|office:settings)(?=[\s>])[^>]*>.*?</\1>|<!--.*?-->')
WORD_ENDS = re.compile(r'</(?:w|a|m):t>')


def text_of(xml):
    names = ' '.join(''.join(name) for name in NAMES.findall(xml))
    # Where a page's header begins on the left, in the middle and on the right.
    xml = re.sub(r'&amp;[LCR](?=\w)', ' ', xml)
    xml = UNSEEN.sub(' ', xml)
    # Word and PowerPoint part one word into runs.
    xml = WORD_ENDS.sub('', xml)
    xml = GAPS.sub(' ', ENDS.sub('\n', xml))
    return html.unescape(re.sub(r'<[^>]*>', '', xml) + '\n' + names)


def decoded(part):
    return part.decode('utf-16' if part[:2] in (b'\xff\xfe', b'\xfe\xff') else 'utf-8', 'replace')


def parts_of(path):
    if not zipfile.is_zipfile(path):
        yield open(path, 'rb').read()
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if PARTS.match(name) or LINKS.match(name):
                yield archive.read(name)


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
            return '\n'.join(bytes_of(data))
        if data.startswith(b'{\\rtf'):
            return rich_text_of(data)
        return '\n'.join(text_of(decoded(part)) for part in parts_of(path))
    except Exception:
        return None


json.dump([read(path) for path in json.load(sys.stdin)], sys.stdout)
