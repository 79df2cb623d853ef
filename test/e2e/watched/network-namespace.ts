/** A network namespace in which every address leads to the test. */
import { spawn, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** The address of the outward interface: to the app, a server here is on another host. */
export const OUTWARD_ADDRESS = '10.9.8.7';

const isRoot = process.getuid?.() === 0;
const asRootWithin = isRoot ? [] : ['--user', '--map-root-user'];

/**
 * Chromium counts as online only with an interface besides loopback. Routes of type local make every address this
 * machine's own, so that all connections and datagrams arrive at a listener of the test. Names are resolved by the
 * test's own server and by no daemon outside.
 */
const PREPARE = `
set -e
ip link set lo up
ip link add outward type veth peer name beyond
ip link set outward up
ip link set beyond up
ip addr add ${OUTWARD_ADDRESS}/24 dev outward
ip route add default via 10.9.8.1
ip route add local 0.0.0.0/0 dev lo
if ip -6 addr add 2001:db8::7/64 dev outward nodad 2>/dev/null; then
  ip -6 route add default via 2001:db8::1
  ip -6 route add local ::/0 dev lo
fi
if [ -d /run/nscd ]; then mount -t tmpfs none /run/nscd; fi
mount --bind "$1/resolv.conf" "$(readlink -f /etc/resolv.conf)"
mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf
shift
exec "$@"
`;

/** @returns why this machine does not allow network namespaces, or null. */
export function whyNoNamespace(): string | null {
  const { status, error, stderr } = spawnSync(
    'unshare',
    [
      ...asRootWithin,
      '--net',
      '--mount',
      'sh',
      '-c',
      'ip link set lo up && ip link add outward type veth peer name beyond',
    ],
    { encoding: 'utf8' },
  );
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

/**
 * Runs a program in a new namespace whose name server is the test's, whatever its address.
 * @returns its standard output. @throws its error output if it fails.
 */
export async function runInNamespace(
  command: readonly string[],
  folder: string,
  nameServer = '127.0.0.1',
): Promise<string> {
  writeFileSync(join(folder, 'resolv.conf'), `nameserver ${nameServer}\noptions timeout:5 attempts:1\n`);
  writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: files dns\n');
  return run(['unshare', ...asRootWithin, '--net', '--mount', 'sh', '-c', PREPARE, 'sh', folder, ...command]);
}

/** Like `runInNamespace`, but in the machine's own network. */
export async function run([program = '', ...args]: readonly string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [out, said, code] = await Promise.all([text(child.stdout), text(child.stderr), exited]);
  if (code !== 0) throw new Error(`${program} ended with ${code}:\n${said}`);
  return out;
}
