import { z } from 'zod'
import { BEHIND, type ListBehind, type OverdueActions } from '../complaint/behind.ts'
import { SPANS } from '../complaint/period.ts'

/* What travels with a modal or a button and comes back with it. Slack hands back what we gave, or nothing. */

const complaintMetadata = z.object({ complaint: z.number().int().positive() })
const handOverMetadata = complaintMetadata.extend({ handOvers: z.number().int().nonnegative() })
const settleMetadata = complaintMetadata.extend({ entry: z.number().int().positive() })
const visitMetadata = complaintMetadata.extend({ visit: z.number().int().positive() })
const makeGoodMetadata = complaintMetadata.extend({ makeGood: z.number().int().positive() })
const editMetadata = complaintMetadata.extend({ edits: z.number().int().nonnegative() })

/** The number of the complaint that a modal is about, from its `private_metadata`. */
export const complaintOf = (metadata: string): number => complaintMetadata.parse(JSON.parse(metadata)).complaint

const sameCustomer = complaintMetadata.extend({ name: z.number().int(), other: z.number().int() })
export type SameCustomer = z.infer<typeof sameCustomer>

/** Which two names an answer is about, and the complaint after which it was asked, from the button's value. */
export const sameCustomerOf = (value: string): SameCustomer => sameCustomer.parse(JSON.parse(value))

/** The complaint that "Edit" is about and the edit it began from, from its `private_metadata`. */
export const editOf = (metadata: string): { complaint: number; edits: number } =>
  editMetadata.parse(JSON.parse(metadata))

/** The complaint that "Hand over" is about and the hand-overs it began from, from its `private_metadata`. */
export const handOverOf = (metadata: string): z.infer<typeof handOverMetadata> =>
  handOverMetadata.parse(JSON.parse(metadata))

/** The complaint that the leads settle and the entry on its timeline that asked them to, from its `private_metadata`. */
export const settleOf = (metadata: string): z.infer<typeof settleMetadata> => settleMetadata.parse(JSON.parse(metadata))
/** The visit that a modal is about, with its complaint, from its `private_metadata`. */
export const visitOf = (metadata: string): { complaint: number; visit: number } =>
  visitMetadata.parse(JSON.parse(metadata))

/** The make-good that a modal is about, with its complaint, from its `private_metadata`. */
export const makeGoodOf = (metadata: string): { complaint: number; makeGood: number } =>
  makeGoodMetadata.parse(JSON.parse(metadata))

/** The value of a button about a part of a complaint: a visit or a make-good, by its number. */
export const partValue = (complaint: number, seq: number): string => `${complaint}:${seq}`

/** The number of that part, from the button's value; 0 where there is none. */
export const partOf = (value: string): number => Number(/^\d+:(\d+)$/.exec(value)?.[1] ?? 0)
const heightMetadata = complaintMetadata.extend({ height: z.number().int().nonnegative() })

/** The complaint that "Next level" is about and how high it was, from a button's value or a modal's `private_metadata`. */
export const heightFrom = (text: string): { complaint: number; height: number } =>
  heightMetadata.parse(JSON.parse(text))

const flawMetadata = z.object({ flaw: z.number().int().positive() })
const action = { action: z.number().int().positive() }
const actionRef = z.union([complaintMetadata.extend(action), flawMetadata.extend(action)])
export type ActionRef = z.infer<typeof actionRef>

/** The corrective action that a button's value or a modal's `private_metadata` is about. */
export const actionRefFrom = (text: string): ActionRef => actionRef.parse(JSON.parse(text))

/** The number of the flaw that a modal is about, from its `private_metadata`. */
export const flawOf = (metadata: string): number => flawMetadata.parse(JSON.parse(metadata)).flaw

const page = z.number().int().nonnegative()
const listPage = z.object({ query: z.string(), page })
const timelinePage = complaintMetadata.extend({ page })

export type ListPage = z.infer<typeof listPage>
export type TimelinePage = z.infer<typeof timelinePage>

/** The page of a list that a button asks for, from its value. Pages count from 0. */
export const listPageOf = (value: string): ListPage => listPage.parse(JSON.parse(value))

/** The page of a timeline that a button asks for, from its value. Pages count from 0. */
export const timelinePageOf = (value: string): TimelinePage => timelinePage.parse(JSON.parse(value))

const behind = z.tuple([z.literal('behind'), z.enum(BEHIND), z.coerce.date(), z.coerce.date(), z.string().nullable()])

/** The query of the list behind a figure. */
export const behindQuery = ({ figure, period, department }: ListBehind): string =>
  [
    'behind',
    figure,
    period.from.toISOString(),
    period.to.toISOString(),
    ...(department === null ? [] : [department]),
  ].join(' ')

/** The list behind a figure that a query asks for; null where it asks for another list. */
export function behindOf(query: string): ListBehind | null {
  if (!query.startsWith('behind ')) return null
  const [word, figure, from, to, department = null] = query.split(' ')
  const read = behind.parse([word, figure, from, to, department])
  return { figure: read[1], period: { from: read[2], to: read[3] }, department: read[4] }
}

const overdueActions = z.tuple([z.coerce.date(), z.string().nullable()])

/** The query of the list of overdue corrective actions. */
export const overdueActionsQuery = ({ at, department }: OverdueActions): string =>
  ['actions', at.toISOString(), ...(department === null ? [] : [department])].join(' ')

/** Which of them a query asks for; null where it asks for another list. */
export function overdueActionsOf(query: string): OverdueActions | null {
  if (!query.startsWith('actions ')) return null
  const [, at, department = null] = query.split(' ')
  const read = overdueActions.parse([at, department])
  return { at: read[0], department: read[1] }
}

const report = z.object({ span: z.enum(SPANS), department: z.string().nullable(), at: z.iso.datetime() })
export type ReportMetadata = z.infer<typeof report>

/** The report that is to be sent, from the button's value. */
export const reportOf = (value: string): ReportMetadata => report.parse(JSON.parse(value))

const setupPiece = z.union([
  z.object({ kind: z.enum(['start', 'company', 'policy']) }),
  z.object({ kind: z.enum(['department', 'cause']), key: z.string().nullable() }),
  z.object({ kind: z.literal('calling'), key: z.string() }),
])
/** A piece of the configuration; one without a key is still to be added. */
export type SetupPiece = z.infer<typeof setupPiece>

const setupList = z.object({ list: z.enum(['departments', 'causes']), page })
/** A page of the setup's departments or root causes. */
export type SetupList = z.infer<typeof setupList>

/** Which list of the setup a button or modal is about, or null where it is about none. */
export function setupListOf(text: string): SetupList | null {
  const read = setupList.safeParse(JSON.parse(text || 'null'))
  return read.success ? read.data : null
}

const setupButton = z.object({ piece: setupPiece, under: z.string().optional() })
/** The form that a button of the setup opens; `under`: the root cause that a new one starts under. */
export type SetupButton = z.infer<typeof setupButton>
export const setupButtonOf = (value: string): SetupButton => setupButton.parse(JSON.parse(value))

const setupForm = z.object({ piece: setupPiece, mark: z.string(), page })
/** What a form of the setup is about, how that was when it was opened, and the page of the list that it was opened from. */
export type SetupFormMetadata = z.infer<typeof setupForm>
export const setupFormOf = (metadata: string): SetupFormMetadata => setupForm.parse(JSON.parse(metadata))
