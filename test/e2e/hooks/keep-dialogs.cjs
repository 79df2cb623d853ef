/** Keeps what the app's dialogs say, from its start on, in the file SAID. The system's dialogs cannot be driven. */
const { writeFileSync } = require('node:fs');
const { dialog } = require('electron');

const show = dialog.showMessageBox;
dialog.showMessageBox = (...given) => {
  writeFileSync(process.env.SAID, JSON.stringify(given.at(-1)));
  return show(...given);
};
