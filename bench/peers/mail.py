"""The headers and texts of the mails in a file, by Python's own library."""
import mailbox
import re
import subprocess
import sys
from email import message_from_bytes, policy
from html import unescape

path = sys.argv[1]
data = open(path, 'rb').read()
if data.startswith(b'From '):
    mails = [message_from_bytes(bytes(mail), policy=policy.default) for mail in mailbox.mbox(path)]
else:
    mails = [message_from_bytes(data, policy=policy.default)]


# What has no text of its own: Docket says that a mail is signed or encrypted, not what the part is called.
WORDLESS = (
    'application/pgp-encrypted',
    'application/pgp-signature',
    'application/pkcs7-mime',
    'application/x-pkcs7-mime',
    'application/pkcs7-signature',
    'application/x-pkcs7-signature',
    'application/pkix-cert',
    'application/x-x509-user-cert',
)
RICH = ('application/rtf', 'text/rtf', 'text/richtext', 'text/enriched')


def text_of(part):
    text = part.get_content()
    if part.get_content_type() == 'text/html':
        text = re.sub(r'(?is)<(script|style|title).*?</\1>|<!--.*?-->', ' ', text)
        text = unescape(re.sub(r'<[^>]*>', ' ', text))
    return text


def show(part):
    # Dates are left out on either side: each writes them in its own way.
    senders = [one.addr_spec for one in getattr(part.get('From'), 'addresses', ())]
    for name in ('From', 'To', 'Cc', 'Bcc', 'Reply-To'):
        for one in getattr(part.get(name), 'addresses', ()):
            # Replies go to the sender, if nothing else is said; Exchange's own addresses say nothing to people.
            if (name == 'Reply-To' and one.addr_spec in senders) or '/o=' in one.addr_spec.lower():
                continue
            # An address that is its own name is written once.
            print(one.display_name if one.display_name != one.addr_spec else '', one.addr_spec)
    if part.get('Subject'):
        print(part['Subject'])
    if part.get_content_type() in WORDLESS:
        return
    if part.get_filename():
        print(part.get_filename())
    kind = part.get_content_type()
    if kind == 'multipart/alternative':
        # A text that is there twice is written once: as the part that says most.
        parts = [part for part in part.iter_parts() if part.get_content_type() in ('text/plain', 'text/html')]
        said = [text_of(part) for part in parts]
        print(max(said, key=lambda text: len(text.split()), default=''))
        for one in part.iter_parts():
            if one not in parts and one.get_content_type() not in RICH:
                show(one)
    elif kind in ('message/delivery-status', 'message/disposition-notification'):
        print(part.get_payload() if not part.is_multipart() else '\n'.join(map(str, part.get_payload())))
    elif kind == 'application/pdf':
        pdf = subprocess.run(['pdftotext', '-', '-'], input=part.get_content(), capture_output=True, check=False)
        print(pdf.stdout.decode('utf-8', 'replace'))
    elif part.is_multipart():
        for one in part.iter_parts() if part.get_content_maintype() == 'multipart' else part.get_payload():
            show(one)
    elif kind == 'text/rfc822-headers':
        # A mail without its text: Docket shows it like any other.
        show(message_from_bytes(part.get_payload(decode=True), policy=policy.default))
    elif part.get_content_maintype() == 'text':
        print(text_of(part))


for mail in mails:
    show(mail)
