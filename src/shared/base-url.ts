/** Why a text cannot be used as the base URL; null if it can. */
export function whyNotBaseUrl(text: string): string | null {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (url === null) return 'Enter an address that starts with http:// or https://.';
  if (url.username !== '' || url.password !== '') {
    return 'Enter the address without a user name and password: they are not sent, and would be stored in plain text.';
  }
  if (url.hash !== '') return 'Enter the address without the # and anything after it.';
  return null;
}

/** Whether a host, as written by `URL`, is this machine: what is sent there does not leave it. */
export function isLoopback(hostname: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
}
