// page (host): every proxied document, before its own scripts.
// Style sheets of ours in the host's page: the mirror does not carry them.

export const ownSheets = new WeakSet<StyleSheet>();
