/** Stands in until the surface is built. */
export function SettingsView() {
  return null;
}
