"""The headers and texts of the mails in a file, by Python's own library."""
import mailbox
import re
import sys
from email import message_from_bytes, policy
from html import unescape

path = sys.argv[1]
data = open(path, 'rb').read()
if data.startswith(b'From '):
    mails = [message_from_bytes(bytes(mail), policy=policy.default) for mail in mailbox.mbox(path)]
else:
    mails = [message_from_bytes(data, policy=policy.default)]


def show(part):
    for name in ('From', 'To', 'Cc', 'Bcc', 'Reply-To', 'Subject'):
        if part.get(name):
            print(part[name])
    if part.get('Date') and part['Date'].datetime:
        print(part['Date'].datetime.isoformat())
    if part.get_filename():
        print(part.get_filename())
    kind = part.get_content_type()
    if kind == 'multipart/alternative':
        # Of a text that is there twice, the plain one is enough.
        parts = list(part.iter_parts())
        show(next((one for one in parts if one.get_content_type() == 'text/plain'), parts[-1]))
    elif part.is_multipart():
        for one in part.iter_parts() if part.get_content_maintype() == 'multipart' else part.get_payload():
            show(one)
    elif part.get_content_maintype() == 'text':
        text = part.get_content()
        if kind == 'text/html':
            text = re.sub(r'(?is)<(script|style|title).*?</\1>|<!--.*?-->', ' ', text)
            text = unescape(re.sub(r'<[^>]*>', ' ', text))
        print(text)


for mail in mails:
    show(mail)
