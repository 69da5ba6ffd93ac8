/** One character may become eighteen under NFKC; an index entry of Postgres holds 2,700 bytes. */
const KEY_LENGTH = 400

/**
 * By this, two spellings are one customer: case, white space and characters that don't show are ignored. Empty where
 * nothing shows. The text is normalised to NFKC, so that full-width and composed forms agree.
 */
export const customerKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}]/gu, '')
    .toLowerCase()
    .slice(0, KEY_LENGTH)
    .toWellFormed()
