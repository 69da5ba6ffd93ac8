import type { Setting } from '../operations/operations.ts'
import type { SetupPiece } from '../views/metadata.ts'
import { NONE, type SetupField, setupFields } from '../views/setupFields.ts'
import type { Fields } from './fields.ts'

/** The inputs that a form of the setup had. */
export const shownIn = (fields: Fields, piece: SetupPiece): SetupField[] =>
  setupFields(piece, {}).filter(({ id }) => fields.blockOf(id) !== undefined)

/** What stands in them, as the configuration writes it. */
export const settingsIn = (fields: Fields, shown: readonly SetupField[]): Setting[] =>
  shown.map((field) => ({ path: field.path, value: valueIn(fields, field) }))

function valueIn(fields: Fields, { id, input, leftOut }: Omit<SetupField, 'path'>): unknown {
  switch (input.kind) {
    case 'text':
      return fields.text(id) ?? undefined
    case 'number':
      return numberIn(fields.text(id))
    case 'list':
      return listIn(fields.text(id), /[\s,;]+/, leftOut)
    case 'lines':
      return listIn(fields.text(id), /\n/, leftOut)
    case 'yes':
      return { yes: true, no: false, none: undefined }[fields.oneOf(id, ['yes', 'no']) ?? 'none']
    case 'choice':
      return fields.choice(id) ?? undefined
    case 'search':
      return fields.choice(id) === NONE ? undefined : (fields.choice(id) ?? undefined)
    case 'channel':
      return fields.channel(id) ?? undefined
    case 'person':
      return fields.people(id)[0]
    case 'people':
      return [...fields.people(id)]
  }
}

/** What is no number is left for the rules to refuse. */
const numberIn = (text: string | null): unknown =>
  text !== null && /^\d+(\.\d+)?$/.test(text) ? Number(text) : (text ?? undefined)

function listIn(text: string | null, between: RegExp, leftOut = false): string[] | undefined {
  const list = (text ?? '')
    .split(between)
    .map((item) => item.trim())
    .filter((item) => item !== '')
  return list.length === 0 && leftOut ? undefined : list
}
