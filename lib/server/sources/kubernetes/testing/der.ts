/** As much of DER (X.690) as a certificate is made of: each function gives one encoded value. */
function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), content]);
  const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

export const sequence = (...items: readonly Buffer[]): Buffer => tagged(0x30, Buffer.concat(items));
export const set = (...items: readonly Buffer[]): Buffer => tagged(0x31, Buffer.concat(items));
/** A positive number in big-endian bytes, the first below 128. */
export const integer = (bytes: Buffer): Buffer => tagged(0x02, bytes);
export const boolean = (value: boolean): Buffer => tagged(0x01, Buffer.from([value ? 255 : 0]));
export const octets = (bytes: Buffer): Buffer => tagged(0x04, bytes);
export const bits = (bytes: Buffer): Buffer => tagged(0x03, Buffer.concat([Buffer.from([0]), bytes]));
export const text = (value: string): Buffer => tagged(0x0c, Buffer.from(value));
/** `[number]` around a value, and in place of its tag. */
export const explicit = (number: number, value: Buffer): Buffer => tagged(0xa0 | number, value);
export const contextual = (number: number, content: Buffer): Buffer => tagged(0x80 | number, content);

/** UTCTime: whole seconds of this half of the century. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replaceAll(/[-:T]/g, "");
  return tagged(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split(".").map(Number);
  const bytes = [first * 40 + second];
  for (const value of others) {
    const groups = [value & 127];
    for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128))
      groups.unshift((rest & 127) | 128);
    bytes.push(...groups);
  }
  return tagged(0x06, Buffer.from(bytes));
}
