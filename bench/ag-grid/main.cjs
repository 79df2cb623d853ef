/** What a table of many columns is compared with: Electron and a grid that web pages use for this, with every row in memory. */
const { join } = require('node:path');
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    webPreferences: { sandbox: true, contextIsolation: true },
  });
  window.loadFile(join(__dirname, 'index.html'));
});
