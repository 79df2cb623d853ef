#!/bin/sh
# A saved message: one of Outlook's by way of msgconvert, any other is a mail already.
if [ "$(head -c 4 "$2" | od -An -tx1 | tr -d ' \n')" != d0cf11e0 ]; then
  exec python3 "$(dirname "$0")/mail.py" "$1" "$2"
fi
folder=$(mktemp -d)
msgconvert --outfile "$folder/message.eml" "$2" 2>/dev/null && python3 "$(dirname "$0")/mail.py" "$1" "$folder/message.eml"
status=$?
rm -r "$folder"
exit $status
