const openable: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** The address when it is one that may be opened, else null. A model's text is hostile until it is shown not to be. */
export function openableUrl(href: string | undefined): string | null {
  if (href === undefined || !URL.canParse(href)) return null;
  const url = new URL(href);
  return openable.has(url.protocol) ? url.href : null;
}

/** What a person reads as the host of an address or a bare name. */
const readAsHost = /^\s*(?:[a-z][a-z0-9+.-]*:\/\/)?([\p{L}\p{M}\p{N}-]+(?:[.。．｡][\p{L}\p{M}\p{N}-]+)+)/iu;
const turnsText = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/**
 * The host that a link opens, where its words could make a person think of another one: they name another, the name
 * has letters that look like others, or a user name stands before it. Null where the words are no address or tell it.
 */
export function hostToTell(words: string, href: string): string | null {
  const { host, username, protocol } = new URL(href);
  if (protocol === 'mailto:') return null;
  if (username !== '' || turnsText.test(words) || /(?:^|\.)xn--/.test(host)) return host;
  const read = readAsHost.exec(words)?.[1]?.toLowerCase();
  return read === undefined || sameHost(read, host) ? null : host;
}

function sameHost(read: string, host: string): boolean {
  const bare = (name: string) => name.replace(/^www\./, '').replace(/:\d+$/, '');
  return bare(read) === bare(host);
}
