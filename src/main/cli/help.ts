/** What `--help` says. */
import { waitOf } from '../../shared/amounts.ts';
import { exportFormats } from '../../shared/export-format.ts';
import { sendings } from '../../shared/recipe.ts';
import { MAX_CONCURRENCY, MIN_CONCURRENCY } from '../../shared/settings-schema.ts';
import { DEFAULT_HISTORY_LIMIT, NEVER_ANSWERED_WAIT_MS } from './arguments.ts';

export const helpTexts = {
  docket: `Docket: a folder of work documents and a language model.

  npm start                        open the window
  npm start -- batch PATH…         ask questions about files and folders without a window
  npm start -- recipes list        list what can be asked
  npm start -- history             list what was sent, newest first

  --data-dir DIR                   keep everything in DIR instead of the user's data folder
  --help                           show this text; "batch --help", "recipes --help" and "history --help" say more
`,
  batch: `Ask the questions of a recipe about files and folders: a row for each file, a column for each question.

  npm start -- batch PATH… [--recipe NAME|FILE | --ask QUESTION…] [--out FILE.${exportFormats.join('|')}]
                           [--send ${sendings.join('|')}] [--concurrency N] [--model M]
                           [--retry-failed] [--wait DURATION] [--no-recognition] [--without-damaged-pages]
                           [--watch [--files-per-day N] [--tokens-per-day N]] [--data-dir DIR]

  --recipe NAME|FILE  what to ask: a recipe by its name (see "recipes list"), or from a file that ends in .json
                      (default: "Sentiment, topics, summary")
  --ask QUESTION      ask this question; may be given several times, each a column
  --send WHAT         what of a file goes to the model: its text, pictures of its pages, or both; a model that gets pictures
                      must be one that sees (default: what the recipe says, mostly the text)
  --out FILE          write the results to FILE, in the format of its extension; FILE itself is never analysed.
                      Without it: CSV on stdout
  --concurrency N     number of simultaneous model calls, ${MIN_CONCURRENCY} to ${MAX_CONCURRENCY} (default: the app's setting, initially 5)
  --model M           the model to use
  --retry-failed      from the last batch this command ran, retry only the files that failed or have changed since;
                      files added since are not included
  --wait DURATION     how long to wait for a server that is away, such as 30s, 10m, 2h, 1h30m or 0 (default: the app's
                      setting, initially 12 hours; ${waitOf(NEVER_ANSWERED_WAIT_MS)} if the server has not answered once since the command started)
  --no-recognition    leave scans and photographs unread, whose words are otherwise recognised on this machine
  --without-damaged-pages
                      read PDFs that have damaged pages without these; the results say which are missing. Otherwise
                      such a file fails
  --watch             then go on: new and changed files are asked as they come, until Ctrl+C. What comes and what was
                      done is told on stderr; with --out, FILE is written again each time. The same command continues
                      the batch that it ran before
  --files-per-day N   with --watch: ask at most N files a day, or "none" for no limit (default: 200, and none on this
                      machine); more than that waits
  --tokens-per-day N  the same for tokens (default: 1000000, and none on this machine)
  --data-dir DIR      where the history and results are kept

OPENAI_API_KEY and OPENAI_BASE_URL choose the provider. Without them, Docket uses the provider set in the app, or
else the built-in text engine, which is not an AI model.
Progress goes to stderr. npm itself first prints two lines on stdout: to get only the results, use --out or
"npm start -s --".
If the server is away, the batch waits for it and continues when it is back. After the time given with --wait it is
interrupted: run the same command again to resume it.
Ctrl+C interrupts the batch (of a watched folder, it is the end); run the same command again to resume it. Once a batch has finished, the same command
starts a new one and analyses every file again, unless you pass --retry-failed.
Exit codes: 0 every file finished, 1 some did not (or there were none), 2 invalid arguments, 3 the data folder is in
use, 4 the history was damaged (whatever could be read was kept), 5 a fault in Docket, 130 interrupted. With --watch, the
Ctrl+C that ends it gives 0 or 1 as a batch does, or 130 if files were left waiting.
`,
  recipes: `List, show, export and import recipes: the questions that a batch asks about every file.

  npm start -- recipes list
  npm start -- recipes show NAME
  npm start -- recipes export NAME [FILE]     without FILE: to stdout
  npm start -- recipes import FILE

  --data-dir DIR      where recipes of your own are kept

The format of a recipe file is described in docs/recipe-format.md.
npm itself first prints two lines on stdout; "npm start -s -- recipes …" suppresses them.
`,
  history: `List what was sent to models, newest first.

  npm start -- history [--search TEXT] [--kind chat|analysis|probe] [--status ok|error|cancelled|in_doubt|open]
                       [--json] [--limit N] [--data-dir DIR]

  --search TEXT       only calls whose question, reply or file name contains all the words
  --json              one JSON object per line, with every field
  --limit N           at most N calls (default ${DEFAULT_HISTORY_LIMIT})

npm itself first prints two lines on stdout; "npm start -s -- history" suppresses them.
`,
} as const;
