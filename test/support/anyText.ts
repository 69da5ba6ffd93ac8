import fc from 'fast-check'

/** Text of any code units at all, halves of pairs included; `fc.string`'s binary unit spends seconds on a table first. */
export const anyText = (minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 32, max: 126 })), { minLength, maxLength })
    .map((units) => String.fromCharCode(...units))

/** The same of whole characters, from all of Unicode. */
export const anyCharacters = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0x10ffff }), fc.integer({ min: 32, max: 126 })), { maxLength })
    .map((points) => String.fromCodePoint(...points).replace(/\p{Surrogate}/gu, ''))
