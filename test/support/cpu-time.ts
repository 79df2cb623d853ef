/**
 * The CPU time of this process in milliseconds. Unlike a clock it stands still while a busy machine gives its
 * processors to others, so that a bound on it fails for slow code and not for a slow minute.
 */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
