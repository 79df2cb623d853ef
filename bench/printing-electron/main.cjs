/** Prints each HTML file of a folder as a PDF beside it: what Chromium writes. */
const { readdirSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const { app, BrowserWindow } = require('electron');

const folder = process.argv.at(-1);

app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true, contextIsolation: true } });
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.html'))) {
    await window.loadFile(join(folder, name));
    writeFileSync(join(folder, name.replace(/html$/, 'pdf')), await window.webContents.printToPDF({}));
  }
  app.quit();
});
