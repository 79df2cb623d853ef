/** What a streaming reply is compared with. The page is built anew by `whole-markdown.ts`; the last argument is its folder. */
const { join } = require('node:path');
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  window.loadFile(join(process.argv.at(-1), 'index.html'));
});
