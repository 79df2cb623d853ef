const STORAGE_KEY = 'docket.palette.recent';
/** Beyond them, nobody remembers having used it. */
const MOST_KEPT = 20;

/** Ids of what was used in the palette, the newest first; kept over restarts. */
export function recentCommands(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

export function rememberCommand(id: string): void {
  const ids = [id, ...recentCommands().filter((other) => other !== id)].slice(0, MOST_KEPT);
  localStorage.setItem(STORAGE_KEY, JSON.stringify(ids));
}
