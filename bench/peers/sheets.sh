#!/bin/sh
# All sheets of a workbook as CSV, by Gnumeric's converter, which writes a file for each.
folder=$(mktemp -d)
ssconvert -S --export-type=Gnumeric_stf:stf_csv "$1" "$folder/%n.csv" 2>/dev/null
status=$?
cat "$folder"/*.csv 2>/dev/null
rm -r "$folder"
exit $status
