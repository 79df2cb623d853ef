/** What a process and its children tried to reach according to strace, including sockets that only connect. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** @returns why system calls cannot be traced on this machine, or null. */
export function whyNoTrace(): string | null {
  const { status, error, stderr } = spawnSync('strace', [...traceArguments('/dev/null'), 'true'], { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

/** Traces only calls that name another host, so that the app runs at its usual speed. */
function traceArguments(log: string): readonly string[] {
  return ['-f', '--seccomp-bpf', '-qq', '-s', '0', '-e', 'trace=connect,sendto,sendmsg,sendmmsg', '-A', '-o', log];
}

/** Writes a program that runs another one under strace, appending each run to one log. @returns its path. */
export function writeTracedProgram(file: string, program: string, log: string): string {
  const quoted = [...traceArguments(log), program].map((word) => `'${word}'`).join(' ');
  writeFileSync(file, `#!/bin/sh\nexec strace ${quoted} "$@"\n`, { mode: 0o755 });
  return file;
}

const V4 = /sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)/g;
const V6 = /sin6_port=htons\((\d+)\),[^}]*?inet_pton\(AF_INET6, "([^"]+)"/g;

/** @returns every address and port connected or sent to, without duplicates. */
export function reachedIn(log: string): readonly string[] {
  const found = [...log.matchAll(V4), ...log.matchAll(V6)].map(([, port, address]) => `${address}:${port}`);
  return [...new Set(found)];
}
