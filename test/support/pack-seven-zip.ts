import startSevenZip from '7z-wasm';

interface Packing {
  /** As on its command line. */
  readonly switches?: readonly string[];
  /** Links by their name, and where each leads. */
  readonly links?: Readonly<Record<string, string>>;
}

/** An archive as 7-Zip packs it, and the files beside it if it is cut. */
export async function packSevenZip(
  files: Readonly<Record<string, string | Uint8Array>>,
  { switches = [], links = {} }: Packing = {},
): Promise<Readonly<Record<string, Buffer>>> {
  const { FS, callMain } = await startSevenZip({ print: () => {}, printErr: () => {} });
  FS.mkdir('/from');
  FS.mkdir('/to');
  FS.chdir('/from');
  const folderOf = (name: string) => name.split('/').slice(0, -1);
  for (const name of [...Object.keys(files), ...Object.keys(links)]) {
    folderOf(name).reduce((above, step) => {
      if (!FS.readdir(above).includes(step)) FS.mkdir(`${above}/${step}`);
      return `${above}/${step}`;
    }, '/from');
  }
  for (const [name, content] of Object.entries(files)) FS.writeFile(name, Buffer.from(content));
  for (const [name, target] of Object.entries(links)) FS.symlink(target, name);
  const before = process.exitCode;
  callMain(['a', '-spd', '-snl', '-bso0', ...switches, '/to/offers.7z', '.']);
  process.exitCode = before;
  const names = FS.readdir('/to').filter((name) => !name.startsWith('.'));
  return Object.fromEntries(names.map((name) => [name, Buffer.from(FS.readFile(`/to/${name}`))]));
}
