/** What a process and its children asked the system to reach, as strace saw it: a socket that only connects, too. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

/** @returns why this machine lets nobody watch system calls, or null. */
export function whyNoTrace(): string | null {
  const { status, error, stderr } = spawnSync('strace', [...traceArguments('/dev/null'), 'true'], { encoding: 'utf8' });
  return status === 0 ? null : (error?.message ?? stderr.trim());
}

/** Only the calls that name another host are stopped, so that the app runs at its usual speed. */
function traceArguments(log: string): readonly string[] {
  return ['-f', '--seccomp-bpf', '-qq', '-s', '0', '-e', 'trace=connect,sendto,sendmsg,sendmmsg', '-A', '-o', log];
}

/** Writes a program that runs another one under strace, each run after the last in one log. @returns its path. */
export function writeTracedProgram(file: string, program: string, log: string): string {
  const quoted = [...traceArguments(log), program].map((word) => `'${word}'`).join(' ');
  writeFileSync(file, `#!/bin/sh\nexec strace ${quoted} "$@"\n`, { mode: 0o755 });
  return file;
}

const V4 = /sin_port=htons\((\d+)\), sin_addr=inet_addr\("([^"]+)"\)/g;
const V6 = /sin6_port=htons\((\d+)\),[^}]*?inet_pton\(AF_INET6, "([^"]+)"/g;

/** @returns every address with its port that was connected to or sent to, each once. */
export function reachedIn(log: string): readonly string[] {
  const found = [...log.matchAll(V4), ...log.matchAll(V6)].map(([, port, address]) => `${address}:${port}`);
  return [...new Set(found)];
}
