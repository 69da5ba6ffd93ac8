/** A key made from a name: `Größe & Farbe` becomes `grosse-farbe`; where it is taken, or nothing is left, it is numbered. */
export function keyFor(name: unknown, otherwise: string, taken: ReadonlySet<unknown>): string {
  const plain = typeof name === 'string' ? name.normalize('NFKD').replace(/\p{M}/gu, '') : ''
  const words = plain
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  const stem = words.slice(0, 60).replace(/^-+|-+$/g, '') || otherwise
  let key = stem
  for (let number = 2; taken.has(key); number += 1) key = `${stem}-${number}`
  return key
}
