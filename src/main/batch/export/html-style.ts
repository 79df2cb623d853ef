/** The style sheet of the HTML report. */
export const reportStyle = `
:root { color-scheme: light dark; --line: #d4d4d8; --muted: #52525b; --ground: #ffffff; --head: #f4f4f5; --text: #18181b; --doubt: #9a3412; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3f3f46; --muted: #a1a1aa; --ground: #18181b; --head: #27272a; --text: #f4f4f5; --doubt: #fdba74; }
}
@media print {
  :root { color-scheme: light; --line: #a1a1aa; --muted: #3f3f46; --ground: #ffffff; --head: #f4f4f5; --text: #000000; --doubt: #7c2d12; }
  @page { size: landscape; margin: 12mm; }
  body { margin: 0; font-size: 9pt; }
  thead { display: table-header-group; }
  tr, blockquote { break-inside: avoid; }
  h2 { break-after: avoid; }
}
body { margin: 24px; font: 14px/1.45 system-ui, sans-serif; color: var(--text); background: var(--ground); }
h1 { font-size: 22px; margin: 0 0 12px; }
h2 { font-size: 16px; margin: 28px 0 8px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0; }
dt { color: var(--muted); }
dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { border: 1px solid var(--line); padding: 6px 8px; text-align: start; vertical-align: top; overflow-wrap: anywhere; white-space: pre-wrap; }
th { background: var(--head); }
.answers td { min-width: 90px; }
p { margin: 0 0 4px; }
blockquote { margin: 4px 0 0; padding-inline-start: 8px; border-inline-start: 2px solid var(--line); color: var(--muted); }
cite { display: block; font-style: normal; font-size: 12px; }
.status, .doubtful, .doubtful cite { color: var(--doubt); }
`;
