/*
 * Names that may be one customer's, told apart by a typo or a legal form. Names are compared by their cores; to find the
 * similar ones among very many, each is filed under its blocking keys, pieces of its core of which at least one is
 * left whole by as many typos as are forgiven.
 */

/** Tells a company's form, not which company it is. As written without dots and accents, in small letters. */
const LEGAL_FORMS = new Set(
  (
    'inc incorporated corp corporation co company companies llc llp lllp lp plc pllc ltd limited unlimited na gmbh ggmbh mbh ag kg kgaa ' +
    'ohg gbr ug ev eg se sa sas sasu sarl sarlu eurl snc scs sl slu srl spa sagl bv nv vof cv bvba ab oy oyj aps as asa hf ehf ' +
    'doo dd ad kft zrt nyrt sro zoo spzoo pty pte pvt kk gk yk sdn bhd tbk pt jsc ojsc cjsc pjsc ltda eireli cia sab ' +
    'ооо оао зао пао ао ип тов ое αε επε group gruppe holding holdings'
  ).split(' '),
)
/** Joins names together, and is left out as easily. */
const FILLERS = new Set('the and und et y e of der die das le la les de'.split(' '))
/** The same where words are not set apart. */
const ATTACHED = /股份有限公司|有限责任公司|有限公司|株式会社|有限会社|合同会社|주식회사|유한회사/gu

const MARKS = /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]\p{Mn}*)\p{Mn}/gu
const LONGEST_CORE = 120
const MOST_DIGITS = 40

/** The words of a name in small letters, without accents, legal forms and what stands in brackets, where anything is left then. */
function wordsOf(name: string): string[] {
  const plain = name
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(MARKS, '')
    .normalize('NFKC')
    .replace(/[.'’`´]/g, '')
  const split = (text: string): string[] => text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
  const all = split(plain)
  const named = split(plain.replace(/[([{（【].*?[)\]}）】]/gu, ' ').replace(ATTACHED, ' '))
  const told = (words: string[]) => words.filter((word) => !LEGAL_FORMS.has(word))
  const bare = told(named).filter((word) => !FILLERS.has(word))
  return [bare, told(named), told(all), all].find((words) => words.length > 0) ?? []
}

const lettersOf = (words: readonly string[]): string[] => [...words.join('')].slice(0, LONGEST_CORE)

/** What tells which customer it is; empty for a name without letters and digits, which is like no other. */
export const coreOf = (name: string): string => lettersOf(wordsOf(name)).join('')

/** Typos forgiven in a core of so many characters: in a short name each letter counts. */
const forgiven = (length: number): number => (length < 5 ? 0 : length < 15 ? 1 : 2)

/** Typos from one to the other: letters put in, left out, replaced, or two neighbours swapped. More than `most` are not counted. */
export function typosBetween(one: readonly string[], other: readonly string[], most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let before: number[] = []
  let above = other.map((_, index) => index).concat(other.length)
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1]
      const costs = [at(above, j) + 1, at(row, j - 1) + 1, at(above, j - 1) + (same ? 0 : 1)]
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      row.push(Math.min(...costs, ...(swapped ? [at(before, j - 2) + 1] : [])))
    }
    if (Math.min(...row) > most) return most + 1
    before = above
    above = row
  }
  return Math.min(at(above, other.length), most + 1)
}

const at = (row: readonly number[], index: number): number => row[index] ?? Number.POSITIVE_INFINITY

const digitsOf = (words: readonly string[]): string => words.flatMap((word) => word.match(/\p{N}+/gu) ?? []).join(' ')

interface Compared {
  readonly letters: readonly string[]
  readonly sorted: string
  readonly digits: string
}

function comparedBy(name: string): Compared {
  const words = wordsOf(name)
  return { letters: lettersOf(words), sorted: sortedOf(words), digits: digitsOf(words) }
}

/**
 * How unlike a name others are that may be one customer's: 0 where only the legal form or the order of the words tells
 * them apart, else the number of typos; null for another customer's name. "Plant 1" is not "Plant 2".
 */
export function unlikenessTo(name: string): (other: string) => number | null {
  const { letters, sorted, digits } = comparedBy(name)
  return (other) => {
    const compared = comparedBy(other)
    if (letters.length === 0 || compared.letters.length === 0 || compared.digits !== digits) return null
    if (compared.sorted === sorted) return 0
    const most = forgiven(Math.min(letters.length, compared.letters.length))
    const typos = typosBetween(letters, compared.letters, most)
    return typos > most ? null : typos
  }
}

const sortedOf = (words: readonly string[]): string => lettersOf([...words].sort()).join('')

/** Where each piece of a core of so many characters begins and ends: more pieces than the forgiven typos can touch, a swap touching two. */
function piecesOf(length: number): [from: number, to: number][] {
  const count = 2 * forgiven(length) + 1
  const edge = (piece: number) => Math.floor((piece * length) / count)
  return Array.from({ length: count }, (_, piece) => [edge(piece), edge(piece + 1)])
}

/** Only names of the same digits are alike: without them every "Flat 12" would be compared with all the other flats. */
const keyOf = (length: number, piece: number, letters: readonly string[], digits: string): string =>
  `${length}.${piece}.${letters.join('')}${digits && `.${[...digits].slice(0, MOST_DIGITS).join('')}`}`

/** The blocking keys under which a name is filed. */
export function blockingKeys(name: string): string[] {
  const words = wordsOf(name)
  const letters = lettersOf(words)
  if (letters.length === 0) return []
  const digits = digitsOf(words)
  return [
    `=${sortedOf(words)}`,
    ...piecesOf(letters.length).map(([from, to], piece) =>
      keyOf(letters.length, piece, letters.slice(from, to), digits),
    ),
  ]
}

/** The blocking keys under which every name like this one is found: at least one of its keys is among them. */
export function keysOfSimilar(name: string): string[] {
  const words = wordsOf(name)
  const letters = lettersOf(words)
  if (letters.length === 0) return []
  const digits = digitsOf(words)
  const keys = new Set([`=${sortedOf(words)}`])
  for (let length = Math.max(1, letters.length - 2); length <= letters.length + 2; length += 1) {
    const most = forgiven(Math.min(length, letters.length))
    if (Math.abs(length - letters.length) > most) continue
    for (const [piece, [from, to]] of piecesOf(length).entries())
      for (let start = Math.max(0, from - most); start <= from + most; start += 1) {
        const letter = letters.slice(start, start + to - from)
        if (letter.length === to - from) keys.add(keyOf(length, piece, letter, digits))
      }
  }
  return [...keys]
}
