const maxLength = 500;

/** Text from a plugin, a parser or the network as it may be shown: tokens, passwords in addresses and control characters gone. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(/\u001B\[[0-9;]*[A-Za-z]|[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, "")
    .replaceAll(/\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g, "[token]")
    .replaceAll(/\b(bearer|basic)\s+[^\s"']+/gi, "$1 [token]")
    .replaceAll(/:\/\/[^/\s@]+@/g, "://[credentials]@")
    .slice(0, maxLength);
}
