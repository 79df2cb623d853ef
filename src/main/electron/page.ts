/** Where the window's page comes from: the app's own protocol, or the dev server in `npm run dev`. */
export const devServer = process.env.ELECTRON_RENDERER_URL;

export const PAGE_SCHEME = 'app';
export const PAGE_HOST = 'docket';
export const pageUrl = devServer ?? `${PAGE_SCHEME}://${PAGE_HOST}/index.html`;

/** Static, without script: what stands in for a page that keeps dying. */
export const failedPageUrl = new URL('failed.html', pageUrl).href;

export function isOwnPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host } = new URL(url);
  const own = new URL(pageUrl);
  return protocol === own.protocol && host === own.host;
}
