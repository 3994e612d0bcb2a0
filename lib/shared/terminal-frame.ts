/** The most bytes of a terminal's output that may be under way unseen, and of its input untaken; and what is kept for a tab that comes back. */
export const terminalWindow = 256 * 1024;

/** Output of a terminal as it travels: bytes that begin `at` so many bytes after the terminal's first. */
export type TerminalFrame = { id: number; at: number; data: Uint8Array };

const kind = 1;
const headerLength = 13;

/**
 * A binary message: 1 byte that says what it is, 4 of the subscription's id, 8 of the place (a double holds whole numbers exactly up
 * to 2⁵³), then the bytes as the container wrote them, cut wherever. As base64 in JSON 4 MB of a
 * long listing compress to 716 KB instead of 452.
 */
export function encodeTerminalFrame({ id, at, data }: TerminalFrame): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(headerLength + data.length);
  const view = new DataView(frame.buffer);
  view.setUint8(0, kind);
  view.setUint32(1, id);
  view.setFloat64(5, at);
  frame.set(data, headerLength);
  return frame;
}

/** Null for what is no such frame. */
export function decodeTerminalFrame(buffer: ArrayBuffer): TerminalFrame | null {
  if (buffer.byteLength < headerLength) return null;
  const view = new DataView(buffer);
  if (view.getUint8(0) !== kind) return null;
  return { id: view.getUint32(1), at: view.getFloat64(5), data: new Uint8Array(buffer, headerLength) };
}
