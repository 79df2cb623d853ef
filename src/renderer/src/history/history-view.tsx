/** Stands in until the surface is built. */
export function HistoryView() {
  return null;
}
