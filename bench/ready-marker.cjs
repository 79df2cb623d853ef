/**
 * Loaded into both apps before their own code (`electron -r`), so that neither is changed for the measurement: says
 * on stdout when the first window has painted.
 */
const { app } = require('electron');

app.once('browser-window-created', (_event, window) => {
  window.once('ready-to-show', () => {
    process.stdout.write(`docket-bench-ready ${performance.timeOrigin + performance.now()}\n`);
  });
});
