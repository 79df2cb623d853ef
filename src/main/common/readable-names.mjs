/**
 * File names under a locale that the system does not have, or one that is not UTF-8. JavaScript, because set-up needs it
 * before anything is installed.
 */

import { spawnSync } from 'node:child_process';

/**
 * What has to be added to the environment so that Chromium can read every file name: under such a locale Linux lets it
 * read ASCII only, and a dropped file of another name has no path. The language is kept.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} [platform]
 * @returns {NodeJS.ProcessEnv} nothing where names can be read, or where the system has no `C.UTF-8`
 */
export function readableNames(env, platform = process.platform) {
  if (platform !== 'linux' || isUtf8(env)) return {};
  const utf8 = { ...env, LC_ALL: 'C.UTF-8' };
  return isUtf8(utf8) ? { LC_ALL: 'C.UTF-8', LANGUAGE: env.LANGUAGE || languageOf(env) } : {};
}

/**
 * `locale` complains where the C library falls back to plain ASCII. Where it is missing, nothing is known to be wrong.
 *
 * @param {NodeJS.ProcessEnv} env
 */
function isUtf8(env) {
  const { status, stdout, stderr } = spawnSync('locale', ['charmap'], { env, encoding: 'utf8' });
  return status === null || (stdout.trim() === 'UTF-8' && stderr === '');
}

/** @param {NodeJS.ProcessEnv} env */
function languageOf({ LC_ALL, LC_MESSAGES, LANG }) {
  const [language = ''] = (LC_ALL || LC_MESSAGES || LANG || '').split('.');
  return ['', 'C', 'POSIX'].includes(language) ? 'en' : language;
}
