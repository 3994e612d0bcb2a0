import type fastCheck from "fast-check";

/**
 * Texts for this room's property tests, which hand in the package that the room itself runs without: what the grammar gives a
 * meaning to, what JavaScript and screens trip over, and any code unit, lone surrogates included.
 */
export function textsWith(fc: typeof fastCheck) {
  const piece = fc.oneof(
    { weight: 5, arbitrary: fc.nat(16).map((at) => 'ab1:=<>!-*,\\" \t\n.'.charAt(at)) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        "\0",
        "\u202e",
        "\u3000",
        "\ud800",
        "\udc00",
        "가",
        "İ",
        "ß",
        "Σ",
        "__proto__",
        "label:",
        "ns=",
      ),
    },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) },
  );

  return {
    anyText: fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join("")),
    longerText: fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join("")),
  };
}
