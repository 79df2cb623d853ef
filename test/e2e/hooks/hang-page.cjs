/** Hangs the page until the app asks, answers "Reload", and writes what the next page shows to the file SHOWN. */
const { writeFileSync } = require('node:fs');
const { app, dialog } = require('electron');

let asked = null;
dialog.showMessageBox = async (...given) => {
  asked = given.at(-1);
  return { response: asked.buttons.indexOf('Reload'), checkboxChecked: false };
};

async function hang(contents) {
  await contents.executeJavaScript('setTimeout(() => { for (;;); }, 100)');
  // Chromium notices when a key press stays unanswered.
  const pressing = setInterval(() => {
    if (asked === null) contents.sendInputEvent({ type: 'keyDown', keyCode: 'A' });
    else clearInterval(pressing);
  }, 500);
}

async function report(contents) {
  const isFilled = 'document.body.innerText.includes("No conversations yet")';
  const page = await contents.executeJavaScript(
    `new Promise((resolve) => setInterval(() => ${isFilled} && resolve(document.body.innerText), 100))`,
  );
  writeFileSync(process.env.SHOWN, JSON.stringify({ asked, page }));
  app.quit();
}

app.on('browser-window-created', (_event, { webContents }) => {
  webContents.on('did-finish-load', () => (asked === null ? hang(webContents) : report(webContents)));
});
