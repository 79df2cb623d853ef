"""The headers and texts of the mails in a file, by Python's own library. Of a text that is there twice, one is taken: as said."""
import mailbox
import re
import subprocess
import sys
from email import errors, message_from_bytes, policy
from email.header import decode_header, make_header

# "plain" or "html"
wanted, path = sys.argv[1:]
data = open(path, 'rb').read()
if data.startswith(b'From '):
    mails = [message_from_bytes(bytes(mail), policy=policy.default) for mail in mailbox.mbox(path)]
else:
    mails = [message_from_bytes(data, policy=policy.default)]


# What has no text of its own: Docket says that a mail is signed or encrypted, not what the part is called.
WORDLESS = (
    'multipart/encrypted',
    'application/pgp-encrypted',
    'application/pgp-signature',
    'application/pkcs7-signature',
    'application/x-pkcs7-signature',
    'application/pkix-cert',
    'application/x-x509-user-cert',
)
SIGNED = ('application/pkcs7-mime', 'application/x-pkcs7-mime')
RICH = ('application/rtf', 'text/rtf', 'text/richtext', 'text/enriched')
# A text with so few of the other one's words says that there is another one.
STUB = 0.5


def output_of(command, data):
    return subprocess.run(command, input=data, capture_output=True, check=False).stdout


def text_of(part):
    text = part.get_content()
    if part.get_content_type() != 'text/html':
        return text
    # What stands for a picture is not shown beside it, nor is the title of the page.
    text = re.sub(r'(?is)<img\b[^>]*>|<title\b.*?</title>', '', text)
    shown = ['w3m', '-dump', '-T', 'text/html', '-I', 'UTF-8', '-O', 'UTF-8', '-cols', '100000']
    return output_of(shown, text.encode('utf-8', 'replace')).decode('utf-8', 'replace')


def text_in(part):
    """The text of one of the alternatives, with or without pictures beside it; None if it is something else."""
    if part.get_content_type() == 'multipart/related':
        part = next(part.iter_parts(), part)
    return text_of(part) if part.get_content_type() in ('text/plain', 'text/html') else None


def chosen(texts):
    """Of texts by their type, the one that is wanted, if it is no stub."""
    one, other = (texts.get('plain', ''), texts.get('html', ''))
    if wanted == 'html':
        one, other = other, one
    return one if len(one.split()) > STUB * len(other.split()) else other


def show_headers(mail):
    # Dates are left out on either side: each writes them in its own way.
    names = []
    senders = [one.addr_spec for one in getattr(mail.get('From'), 'addresses', ())]
    for name in ('From', 'To', 'Cc', 'Bcc', 'Reply-To'):
        for one in getattr(mail.get(name), 'addresses', ()):
            # Replies go to the sender, if nothing else is said; Exchange's own addresses say nothing to people.
            if (name == 'Reply-To' and one.addr_spec in senders) or '/o=' in one.addr_spec.lower():
                continue
            # An address that is its own name is written once, also where Outlook puts it in quotation marks.
            shown = one.display_name.strip("'")
            names.append(shown)
            print(shown if shown != one.addr_spec else '', one.addr_spec)
        # Old programs wrote names in brackets, which this library leaves out.
        for key, value in mail.raw_items():
            if key.lower() == name.lower() and '/o=' not in value.lower():
                told = re.findall(r'\(([^()]*)\)', str(make_header(decode_header(value))))
                print(*(text for text in told if f'({text})' not in ' '.join(names)))
    if mail.get('Subject'):
        print(mail['Subject'])


def is_encrypted(mail):
    return mail.get_content_type() == 'multipart/encrypted'


def show_mail(mail):
    # Of one within another that is encrypted, Docket names only that.
    if not is_encrypted(mail):
        show_headers(mail)
        show(mail)


def show(part):
    kind = part.get_content_type()
    if kind in WORDLESS:
        return
    if kind in SIGNED:
        inner = output_of(['openssl', 'cms', '-verify', '-noverify', '-nosigs', '-inform', 'DER'], part.get_content())
        if inner:
            show(message_from_bytes(inner, policy=policy.default))
        return
    # A picture in the text is not attached.
    is_picture = part.get_content_maintype() == 'image' and part.get_content_disposition() != 'attachment'
    if part.get_filename() and not (is_picture and (part.get('Content-ID') or part.get_content_disposition())):
        print(part.get_filename())
    if kind == 'text/pgp':
        return
    if kind == 'multipart/alternative':
        texts = {}
        for one in part.iter_parts():
            text = text_in(one)
            if text is not None:
                texts['plain' if one.get_content_type() == 'text/plain' else 'html'] = text
            elif one.get_content_type() not in RICH:
                show(one)
        print(chosen(texts))
    elif kind in ('message/delivery-status', 'message/disposition-notification'):
        print(part.get_payload() if not part.is_multipart() else '\n'.join(map(str, part.get_payload())))
    elif kind == 'message/rfc822' and part.is_multipart():
        for one in part.get_payload():
            show_mail(one)
    elif part.is_multipart():
        for one in part.iter_parts():
            show(one)
    elif kind == 'text/rfc822-headers':
        # A mail without its text: Docket shows it like any other.
        show_mail(message_from_bytes(part.get_payload(decode=True), policy=policy.default))
    elif part.get_content_maintype() == 'message':
        print(part.get_payload())
    elif part.get_content_maintype() == 'text':
        print(text_of(part))


def defects_of(part):
    yield from part.defects
    if part.is_multipart():
        for one in part.get_payload():
            yield from defects_of(one)


# What the library itself says that it could not take apart is no measure.
BROKEN = (
    errors.NoBoundaryInMultipartDefect,
    errors.StartBoundaryNotFoundDefect,
    errors.MultipartInvariantViolationDefect,
    errors.MissingHeaderBodySeparatorDefect,
    errors.FirstHeaderLineIsContinuationDefect,
)
if any(isinstance(defect, BROKEN) for mail in mails for defect in defects_of(mail)):
    sys.exit('The mail is broken.')
for mail in mails:
    show_mail(mail)
