/**
 * What `electron PATH` runs: the part of Electron's own default app that starts another app. It goes into the registry
 * runtime, whose package has none.
 */

import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, dialog } from 'electron';

const { appPath, preloads, showVersion } = parseArguments(process.argv.slice(1));

if (showVersion) {
  process.stdout.write(`v${process.versions.electron}\n`);
  process.exit(0);
}
if (appPath === undefined) {
  process.stderr.write('Usage: electron PATH\n');
  process.exit(1);
}

const require = createRequire(path.join(process.cwd(), 'package.json'));
for (const file of preloads) require(file);
await start(path.resolve(appPath));

/** @param {string[]} args */
function parseArguments(args) {
  /** @type {{ appPath: string | undefined, preloads: string[], showVersion: boolean }} */
  const result = { appPath: undefined, preloads: [], showVersion: false };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '--version' || arg === '-v') result.showVersion = true;
    else if (arg === '-r' || arg === '--require') result.preloads.push(args[++i] ?? '');
    else if (!arg.startsWith('-')) {
      result.appPath = arg;
      break;
    }
  }
  return result;
}

/** @param {string} target a folder with a package.json, or a script */
async function start(target) {
  Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
  try {
    const main = statSync(target).isDirectory() ? useManifest(target) : target;
    await import(pathToFileURL(main).href);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`App threw an error during load\n${text}\n`);
    if (process.platform !== 'linux') dialog.showErrorBox('The app could not be started', text);
    process.exit(1);
  }
}

/**
 * Names the app as its package.json does; the user-data folder follows from the name.
 *
 * @param {string} folder
 */
function useManifest(folder) {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const name = manifest.productName ?? manifest.name;
  // Electron's own default app uses these two calls as well; they are not in its public types.
  const unlisted = /** @type {{ setVersion(version: string): void, setAppPath(path: string): void }} */ (
    /** @type {unknown} */ (app)
  );
  if (manifest.version) unlisted.setVersion(manifest.version);
  if (name) {
    app.setName(name);
    app.setPath('userData', path.join(app.getPath('appData'), name));
  }
  if (manifest.desktopName) app.setDesktopName(manifest.desktopName);
  unlisted.setAppPath(folder);
  return path.join(folder, manifest.main ?? 'index.js');
}
