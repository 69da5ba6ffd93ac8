/** A customer as known by now, whatever merging it took. */
export interface Customer {
  readonly id: number
  /** What they are called; another name may stand on a complaint, as its reporter wrote it. */
  readonly name: string
}

/** How a customer stands, told on the card of one of their complaints. */
export interface CustomerStanding extends Customer {
  /** How many complaints they had made with this one, duplicates not counted, within the policy's time before it was filed. */
  readonly ordinal: number
  /** Their complaints that are not closed now, this one included. */
  readonly open: number
}

/** One character may become eighteen under NFKC; an index entry of Postgres holds 2,700 bytes. */
const KEY_LENGTH = 400

/** What shows nothing: white space, control and other invisible characters, and the blank of Braille. */
const INVISIBLE = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/gu

/** A character that shows something. */
export const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u

/**
 * By this, two spellings are one customer: case, white space and characters that don't show are ignored. Empty where
 * nothing shows. The text is normalised to NFKC, so that full-width and composed forms agree; case is folded by way of
 * capitals, since some letters (ß) have two for one, and some capitals (Σ, İ) come back as more than one small letter.
 */
export const customerKey = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .toUpperCase()
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .replaceAll('i\u0307', 'i')
    .normalize('NFKC')
    .slice(0, KEY_LENGTH)
    .toWellFormed()
