/**
 * Loaded into Docket beside ready-marker.cjs: says on stdout when a person can work in the window. It begins to look
 * when the page has painted, so the first paint is the same with it and without, and looks only when the page changes.
 */
const { app } = require('electron');

/** Runs in the page: types a letter, waits for what tells that it was taken and that the engine answers, takes it back. */
async function waitUntilUsable() {
  const find = (selector) =>
    new Promise((resolve) => {
      const observer = new MutationObserver(look);
      function look() {
        const element = document.querySelector(selector);
        if (element === null) return;
        observer.disconnect();
        resolve(element);
      }
      observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] });
      look();
    });
  const composer = await find('textarea[data-composer]');
  composer.focus();
  document.execCommand('insertText', false, 'a');
  await find('button[aria-label="Send"]:enabled');
  await find('[role="listbox"][aria-label="Conversations"] [role="option"]');
  await new Promise(requestAnimationFrame);
  const usableAt = performance.timeOrigin + performance.now();
  document.execCommand('undo');
  return usableAt;
}

app.once('browser-window-created', (_event, window) => {
  window.once('ready-to-show', async () => {
    const usableAt = await window.webContents.executeJavaScript(`(${waitUntilUsable})()`);
    process.stdout.write(`docket-bench-usable ${usableAt}\n`);
  });
});
