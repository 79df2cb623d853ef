/** Shows each page of a list and writes the text that is seen, without a network: `[[page, text file], …]` as JSON. */
const { readFileSync, writeFileSync } = require('node:fs');
const { pathToFileURL } = require('node:url');
const { app, BrowserWindow, session } = require('electron');

const pages = JSON.parse(readFileSync(process.argv.at(-1), 'utf8'));
const MOST_MS = 10_000;

/** Null for a page that cannot be shown. */
async function seenOn(window, page) {
  try {
    await window.loadURL(pathToFileURL(page).href);
    return await window.webContents.executeJavaScript("document.documentElement.innerText ?? ''");
  } catch {
    return null;
  }
}

app.whenReady().then(async () => {
  session.defaultSession.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !/^(?:file|data|blob):/.test(url) }),
  );
  for (const [page, target] of pages) {
    const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } });
    window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
    const late = new Promise((resolve) => setTimeout(resolve, MOST_MS, null));
    const text = await Promise.race([seenOn(window, page), late]);
    if (text !== null) writeFileSync(target, text);
    window.destroy();
  }
  app.quit();
});

app.on('window-all-closed', () => {});
