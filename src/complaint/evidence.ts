import type { Command, GivenFile } from './commands.ts'
import { type Decision, Draft, line, replaced, type Situation } from './decision.ts'
import type { Refusal } from './refusals.ts'
import type { Policy } from './setup.ts'
import type { Complaint, Evidence, EvidenceOrigin } from './types.ts'

/** Slack takes so many files in one form, and shows so many pictures in one message. */
export const MOST_FILES = 10

const MEGABYTE = 1024 * 1024
const LONGEST_NAME = 60

/** A file's name among our own words: in one line, without anything that Slack reads as markup. */
const plainName = (name: string): string => {
  const plain = name.replace(/[<>&*_`~\s\p{Cc}]+/gu, ' ').trim()
  return plain.length > LONGEST_NAME ? `${plain.slice(0, LONGEST_NAME).toWellFormed()}…` : plain
}

type Why = 'type' | 'size' | 'unseen'

function whyNot({ about }: GivenFile, { types, maxMegabytes }: Policy['evidence']): Why | null {
  if (!about) return 'unseen'
  if (!types.includes(about.ending.toLowerCase())) return 'type'
  return about.size > maxMegabytes * MEGABYTE ? 'size' : null
}

/** What of the files added in a form is not taken. One that Slack could not be asked about does not stand in the form's way. */
export function checkFiles(files: readonly GivenFile[] = [], { evidence }: Policy): Refusal[] {
  return files.flatMap((file): Refusal[] => {
    const why = whyNot(file, evidence)
    const name = plainName(file.name)
    if (why === 'type') return [{ kind: 'file-type', field: 'files', name, types: evidence.types }]
    return why === 'size' ? [{ kind: 'file-size', field: 'files', name, megabytes: evidence.maxMegabytes }] : []
  })
}

/** Adds what is new among the files, and says which were not taken. Those in the thread can be seen there already. */
export function attach(
  draft: Draft,
  files: readonly GivenFile[] = [],
  { origin, by, now }: { readonly origin: EvidenceOrigin; readonly by: string; readonly now: Date },
): void {
  const { policy, evidence } = draft.complaint
  const known = new Set(evidence.map(({ file }) => file))
  const fresh = files.filter(({ id }, index) => !known.has(id) && files.findIndex((one) => one.id === id) === index)
  const added: Evidence[] = []
  const refused: { name: string; why: Why | 'too-many' }[] = []
  for (const file of fresh) {
    const why = whyNot(file, policy.evidence) ?? (added.length === MOST_FILES ? 'too-many' : null)
    if (why || !file.about) refused.push({ name: file.name, why: why ?? 'unseen' })
    else {
      const { ending: _, ...about } = file.about
      const seq = evidence.length + added.length + 1
      added.push({ seq, file: file.id, name: file.name, ...about, origin, addedAt: now, addedBy: by, goneAt: null })
    }
  }
  if (added.length > 0) {
    draft.set({ evidence: [...evidence, ...added] })
    const files = added.map(({ seq, name }) => ({ seq, name }))
    draft.record({ kind: 'evidence-added', origin, files }, (entry) =>
      origin === 'thread' ? [] : [{ kind: 'evidence', entry }],
    )
  }
  if (refused.length > 0) draft.record({ kind: 'evidence-refused', files: refused.slice(0, MOST_FILES) }, line)
}

export function addEvidence(
  complaint: Complaint,
  { by, files }: Extract<Command, { kind: 'add-evidence' }>,
  { now }: Situation,
): Decision {
  const draft = new Draft(complaint, now, by)
  attach(draft, files, { origin: 'thread', by, now })
  return draft.done(draft.complaint.evidence === complaint.evidence ? 'same card' : 'redraw')
}

export function loseEvidence(complaint: Complaint, file: string, { now }: Situation): Decision {
  const draft = new Draft(complaint, now, null)
  const lost = complaint.evidence.find((one) => one.file === file && one.goneAt === null)
  if (!lost) return draft.done('same card')
  draft.set({ evidence: replaced(complaint.evidence, { ...lost, goneAt: now }) })
  draft.record({ kind: 'evidence-gone', file: lost.seq, name: lost.name }, () => [])
  return draft.done()
}
