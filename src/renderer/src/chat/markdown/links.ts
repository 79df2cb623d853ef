const openable: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** The address when it is one that may be opened, else null. A model's text is hostile until it is shown not to be. */
export function openableUrl(href: string | undefined): string | null {
  if (href === undefined || !URL.canParse(href)) return null;
  const url = new URL(href);
  return openable.has(url.protocol) ? url.href : null;
}
