/** What the batch table is compared with: Electron and an HTML table that holds every row. */
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
