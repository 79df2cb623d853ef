/** Documents in the sources of Debian packages: what those who make office programs, converters and mail programs test with. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../scripts/setup/paths.mjs';

/** The archives by name, with the SHA-256 that apt checks them against. */
const archives: Readonly<Record<string, string>> = {
  'abiword_3.0.5~dfsg.orig.tar.xz': 'f79a96704619c7274f966c5a3d78fd77aa95d1b8a652d8e93c22dff32b3ef4e7',
  'antiword_0.37.orig.tar.gz': '4415e79d9f4c8d282a1cffbdaffe7ec0178982b9608e79bfd18561234a43e0cc',
  'calibre_6.13.0+repack.orig.tar.xz': 'eb40f34b7106e3f36d37e0b65dacb5cec863665c68fb2350592dbc1ec133aea3',
  'calligra_3.2.1+dfsg.orig.tar.xz': '5f270e2264f0eb682c1fee28298c6986d7d402acc47ff4689d7f026e48e3822c',
  'commons-email_1.5.orig.tar.gz': '108e226c51acec5eb2bdbb607a7f856f5af507891c3654b4d55086778d3fd774',
  'cyrus-imapd_3.6.1.orig.tar.gz': '32d6926123667952d5df76831de7c4ed02f389f41ac0d9c88a2427f3343a8e79',
  'epubcheck_4.2.6.orig.tar.xz': '3da4962ad3a7075a502a7ad62b5e24975fcd16c253a5b310c096e606d185836b',
  'gmime_3.2.13+dfsg.orig.tar.xz': '4b868eb152b83ccbc593340560c1fd1cc497e43e14104c85869de6f2101675e0',
  'gnumeric_1.12.55.orig.tar.xz': 'c69a09cd190b622acca476bbc3d4c03d68d7ccf59bba61bf036ce60885f9fb65',
  'javamail_1.6.5.orig.tar.xz': 'cc0e132a4e013377720fa88b87eb4f8b7bec1ae2cee35d42e07e37afe4bcd736',
  'jodconverter_2.2.2.orig.tar.gz': '102fe658cd4e52723f14b06198e43a183d6113346bf004ce69852bcbfbc14074',
  'kf5-messagelib_22.12.3.orig.tar.xz': '55d6be5205fb9c9f1c546d241164fe56e527e26e852f86af740cdc850b3d82a6',
  'kmail_22.12.3.orig.tar.xz': '786d2a02596cdf3252403a9de2c4b37f08b50cbbbbc758086beb57bdd0d1028e',
  'kmime_22.12.3.orig.tar.xz': '9b3c1f1f664eae671244dd755db03129b0f16abbcd03245a07856a15db28c3d8',
  'libapache-poi-java_4.0.1.orig.tar.xz': '54db524e2bae73658e4fdb3a6e2d69cb4137638ace71fcde93659be2695287ea',
  'libemail-outlook-message-perl_0.921.orig.tar.gz': 'fb4abeea14cda51c1e60bc211cf9521bbbaae74b84118ca6d58f0a7223680388',
  'libetpan_1.9.4.orig.tar.xz': '83f9cef33ce76e63544db6ddf4ea0f034b94a6c03b0b88f5a7541e917107dce9',
  'libexcel-writer-xlsx-perl_1.10.orig.tar.gz': 'e35891f4575ffd32168aa415abe595bb52e011cfb00c49fa6522da4e539a601c',
  'libmail-deliverystatus-bounceparser-perl_1.543+repacked.orig.tar.xz':
    '01f89040426ab6de77f9f0bcdce61a938ef6a24179efbfdb4f7a1f68c5263282',
  'libreoffice_7.4.7.orig.tar.xz': '743d91f2a138a678380fa7a8ecb5b2401d994b067b330750f03ad8f523a2fb20',
  'libspreadsheet-writeexcel-perl_2.40.orig.tar.gz': 'e356aad6866cf135731268ee0e979a197443c15a04878e9cf3e80d022ad6c07e',
  'notmuch_0.37.orig.tar.xz': '0e766df28b78bf4eb8235626ab1f52f04f1e366649325a8ce8d3c908602786f6',
  'okular_22.12.3.orig.tar.xz': '01ef28755993ce0d5acd22a8a25d80497d813ffc399c87bb0bf76ee32a46da02',
  'pandoc_2.17.1.1.orig.tar.gz': 'df7c6c605d084252fc28687dffe63ca57dd04a463698d323924d3be2f1f5df32',
  'python-odf_1.4.2.orig.tar.gz': '24ad087f38031b2fe60bf22811b9550887afe1cfdea80672d6573387c3025583',
  'recoll_1.34.3.orig.tar.gz': 'b94fb46299d215295dc57d7f1db01c190a6fcfab6c2a047a7ff484e665328368',
  'request-tracker5_5.0.3+dfsg.orig.tar.gz': 'e23aee3cb291ccad5e521aeabe0fcd2f076bcfa8b7f801af498a7505e53d8441',
  'rspamd_3.4.orig.tar.xz': 'a7dad761aa6bbc666b7977dfd741b240bf02cff8779e088f17dbfa74d5429f8a',
  'tracker-miners_3.4.3.orig.tar.xz': '8e4f3976472641b648d0f8f20debae1b1629ca5b560b8616e117d29d756fbeeb',
  'unoconv_0.7.orig.tar.gz': 'b3f58573aba59d3ada7d8f51cd6844b6abc20251cf89820e939dcf9b5a4eb2dc',
  'unrtf_0.21.10-clean.orig.tar.gz': '6fb599e90434c37f5e562392cca3c831c93638bfc141808c873c677b74aa3d62',
};

const endings =
  'docx docm dotx odt ott fodt rtf doc dot xlsx xlsm ods fods xls xlt pptx pptm odp otp fodp ppt pps epub eml mbox msg html htm xhtml';

/** The folders that the documents of each package are in: fetched on first use and kept outside the project. */
export function sourceFolders(say: (text: string) => void): readonly string[] {
  return Object.entries(archives).map(([archive, hash]) => {
    const target = join(cacheFolder(), 'debian-sources', archive.replace(/_.*$/, ''));
    if (!existsSync(target)) {
      say(`documents: fetching ${archive}`);
      unpack(fetched(archive, hash), target);
    }
    return target;
  });
}

function fetched(archive: string, hash: string): string {
  const folder = join(cacheFolder(), 'debian-sources', 'fetched');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, archive);
  if (existsSync(path)) return path;
  const name = archive.replace(/_.*$/, '');
  const shelf = name.startsWith('lib') ? name.slice(0, 4) : name.slice(0, 1);
  const address = `${mirror()}/pool/main/${shelf}/${name}/${encodeURIComponent(archive)}`;
  run('/usr/lib/apt/apt-helper', ['-o', 'APT::Sandbox::User=root', 'download-file', address, path, `SHA256:${hash}`]);
  return path;
}

/** The mirror that this machine's own apt uses. */
function mirror(): string {
  const targets = execFileSync(
    'apt-get',
    ['indextargets', '--format', '$(REPO_URI) $(COMPONENT)', 'Created-By: Packages'],
    {
      encoding: 'utf8',
    },
  );
  const found = /^(\S+?)\/? main$/m.exec(targets)?.[1];
  if (found === undefined) throw new Error('apt has no mirror of Debian; run apt-get update.');
  return found;
}

function unpack(archive: string, target: string): void {
  const partial = `${target}.partial`;
  mkdirSync(partial, { recursive: true });
  const wanted = endings.split(' ').map((ending) => `*.${ending}`);
  const options = ['--strip-components=1', '--no-same-owner', '--wildcards', '--ignore-case'];
  try {
    run('tar', ['-xf', archive, '-C', partial, ...options, ...wanted]);
  } catch (error) {
    // tar says so where a package has none of some ending.
    if (readdirSync(partial).length === 0) throw error;
  }
  renameSync(partial, target);
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1e9 });
}
