#!/bin/sh
# Rich text as unrtf gives it, by way of a web page: as plain text it leaves out all letters that are not ASCII.
unrtf --nopict --html "$1" 2>/dev/null | w3m -dump -T text/html -I UTF-8 -O UTF-8 -cols 100000
