import type { FilePayload, ViewPayload } from './payloads.ts'

/**
 * What stands in a form, by field. The id of a field's block is the field's name, or that name, a colon and something
 * more where the block was replaced so that Slack would take a new starting value.
 */
export class Fields {
  private readonly values: Map<string, NonNullable<ReturnType<typeof only>>>
  private readonly blocks: Map<string, string>

  constructor(view: ViewPayload) {
    const given = Object.entries(view.state?.values ?? {})
    const name = (block: string) => block.split(':', 1)[0] ?? block
    this.blocks = new Map(given.map(([block]) => [name(block), block]))
    this.values = new Map(
      given.flatMap(([block, elements]) => {
        const value = only(elements)
        return value ? [[name(block), value] as const] : []
      }),
    )
  }

  /** The block that holds a field: an error goes under it. */
  blockOf(field: string): string | undefined {
    return this.blocks.get(field)
  }

  get firstBlock(): string | undefined {
    return this.blocks.values().next().value
  }

  /** Text as typed, without white space around it; null where nothing is left. */
  text(field: string): string | null {
    return this.values.get(field)?.value?.trim() || null
  }

  choice(field: string): string | null {
    return this.values.get(field)?.selected_option?.value ?? null
  }

  /** One of the known choices, or null: a form says only what its options say, a forged payload anything. */
  oneOf<Choice extends string>(field: string, choices: readonly Choice[]): Choice | null {
    const chosen = this.choice(field)
    return choices.find((choice) => choice === chosen) ?? null
  }

  checked(field: string): boolean {
    return (this.values.get(field)?.selected_options ?? []).length > 0
  }

  person(field: string): string | null {
    return this.values.get(field)?.selected_user ?? null
  }

  people(field: string): readonly string[] {
    return this.values.get(field)?.selected_users ?? []
  }

  channel(field: string): string | null {
    return this.values.get(field)?.selected_conversation ?? null
  }

  /** What was added in a file input. */
  files(field: string): FilePayload[] {
    return this.values.get(field)?.files ?? []
  }

  instant(field: string): Date | null {
    const seconds = this.values.get(field)?.selected_date_time
    return typeof seconds === 'number' ? new Date(seconds * 1000) : null
  }
}

const only = (elements: NonNullable<ViewPayload['state']>['values'][string]) => Object.values(elements)[0]
