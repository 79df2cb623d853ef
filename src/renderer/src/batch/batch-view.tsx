/** Stands in until the surface is built. */
export function BatchView() {
  return null;
}
