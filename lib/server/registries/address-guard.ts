import { lookup } from "node:dns";
import type { LookupAddress, LookupOptions } from "node:dns";
import { BlockList, isIP } from "node:net";

/**
 * Where a cloud's machines find their own credentials, and what is no host at all. A registry's address, its realm and its redirects
 * come from outside: none of them may make this server ask there.
 */
const forbidden = new BlockList();
forbidden.addSubnet("169.254.0.0", 16, "ipv4");
forbidden.addSubnet("0.0.0.0", 8, "ipv4");
forbidden.addSubnet("224.0.0.0", 3, "ipv4");
forbidden.addAddress("100.100.100.200", "ipv4");
forbidden.addAddress("168.63.129.16", "ipv4");
forbidden.addAddress("192.0.0.192", "ipv4");
forbidden.addSubnet("fe80::", 10, "ipv6");
forbidden.addSubnet("ff00::", 8, "ipv6");
forbidden.addAddress("::", "ipv6");
forbidden.addAddress("fd00:ec2::254", "ipv6");
forbidden.addAddress("fd20:ce::254", "ipv6");

export class ForbiddenAddress extends Error {}

/** Whether this IP address, in any way of writing it, is one that is never asked. IPv4 inside IPv6 counts as what is inside. */
export function isForbiddenAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(bare);
  if (family === 0) return false;
  if (family === 4) return forbidden.check(bare, "ipv4");
  const inner = innerIPv4(bare);
  return forbidden.check(bare, "ipv6") || (inner !== null && forbidden.check(inner, "ipv4"));
}

/**
 * A `lookup` for node's sockets that gives only addresses which may be asked: the one that is connected to is the one that was looked
 * at, so a name that changes its mind in between gains nothing.
 */
export function guardedLookup(
  hostname: string,
  options: LookupOptions,
  done: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    const allowed = addresses.filter(({ address }) => !isForbiddenAddress(address));
    const [first] = allowed;
    if (!first) return done(new ForbiddenAddress(`${hostname} is an address that is never asked`), []);
    if (options.all) done(null, allowed);
    else done(null, first.address, first.family);
  });
}

/** The IPv4 address that an IPv6 one carries: mapped (`::ffff:a.b.c.d`), compatible, 6to4 and NAT64. */
function innerIPv4(address: string): string | null {
  const words = wordsOf(address);
  if (!words) return null;
  const fourAt = (index: number) => {
    const [high = 0, low = 0] = words.slice(index, index + 2);
    return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  };
  const zeros = (count: number) => words.slice(0, count).every((word) => word === 0);
  // `::1` and `::` are addresses of their own and carry none.
  if (zeros(5) && (words[5] === 0xffff || (words[5] === 0 && words[6] !== 0))) return fourAt(6);
  if (words[0] === 0x2002) return fourAt(1);
  if (words[0] === 0x64 && words[1] === 0xff9b) return fourAt(6);
  return null;
}

/** The eight words of an IPv6 address; null for what is none. */
function wordsOf(address: string): number[] | null {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const plain = dotted
    ? `${dotted[1]}${hex(Number(dotted[2]) * 256 + Number(dotted[3]))}:${hex(Number(dotted[4]) * 256 + Number(dotted[5]))}`
    : address;
  const [head = "", tail] = plain.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  if (missing < 0) return null;
  const words = [...before, ...Array<string>(missing).fill("0"), ...after].map((word) => Number.parseInt(word, 16));
  return words.length === 8 && words.every((word) => Number.isInteger(word)) ? words : null;
}

function hex(value: number): string {
  return value.toString(16);
}
