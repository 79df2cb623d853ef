import { createRequire } from 'node:module';

/**
 * Finds files of packages that are not part of the bundle, beside the program or inside its archive. Not called
 * `require`, which the bundler would take for its own.
 */
export const packageFiles = createRequire(import.meta.url);
