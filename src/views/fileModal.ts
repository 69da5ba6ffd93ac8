import type { ModalView } from '@slack/types'
import { z } from 'zod'
import { MOST_FILES } from '../complaint/evidence.ts'
import { SEVERITIES, type Setup, type Severity } from '../complaint/setup.ts'
import type { Source } from '../complaint/types.ts'
import { TEXT_LIMITS } from '../complaint/words.ts'
import { MODALS, OPTIONS } from './ids.ts'
import { dateInput, filesInput, floorToMinute, input, minuteAfter, modal, selectInput, textInput } from './inputs.ts'
import { departmentSelect } from './options.ts'
import { isWeb } from './rich.ts'
import { cut, oneLine, unix } from './text.ts'
import { FEELING, REPORT_LABELS, SEVERITY } from './words.ts'

const fileMetadata = z.object({
  source: z.object({ channel: z.string(), ts: z.string(), permalink: z.string().nullable() }).nullable(),
  /** Of the message that is filed: what they are is asked when it is. */
  files: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  severity: z.enum(SEVERITIES),
  /** Unix seconds: where "Call back promised by" started. Another value there is the person's own. */
  promisedBy: z.number().int(),
})

export type FileMetadata = z.infer<typeof fileMetadata>

/** What "File a complaint" was opened with, from its `private_metadata`. */
export const fileMetadataOf = (metadata: string): FileMetadata => fileMetadata.parse(JSON.parse(metadata))

interface FileModal {
  readonly setup: Setup
  readonly now: Date
  readonly prefill: { readonly customer?: string; readonly words?: string }
  readonly source: Source | null
  readonly files?: FileMetadata['files']
  /** Normal unless the person chose another meanwhile. */
  readonly severity?: Severity
  /** The person's own promise, kept when the severity changes. */
  readonly promisedBy?: Date
}

/** "File a complaint". Drawn again when the severity changes, so that the promised time follows the policy. */
export function fileModal({
  setup,
  now,
  prefill,
  source,
  files = [],
  severity = 'normal',
  promisedBy,
}: FileModal): ModalView {
  const promise = minuteAfter(now, setup.policy.callback[severity])
  return modal({
    title: 'File a complaint',
    submit: { label: 'File', as: MODALS.file },
    metadata: {
      ...{ source: kept(source), severity, promisedBy: unix(promise) },
      files: files.slice(0, MOST_NAMED).map(({ id, name }) => ({ id, name: cut(oneLine(name), FILE_NAME) })),
    } satisfies FileMetadata,
    blocks: [
      textInput({ field: 'customer', label: REPORT_LABELS.customer, initial: prefill.customer ?? null }),
      selectInput({ field: 'feeling', label: REPORT_LABELS.feeling, of: FEELING }),
      textInput({
        field: 'words',
        label: REPORT_LABELS.words,
        multiline: true,
        initial: prefill.words ?? null,
        hint: hintOnWords(prefill.words ?? '', source),
      }),
      textInput({ field: 'tried', label: REPORT_LABELS.tried, multiline: true, optional: true }),
      input({ field: 'department', label: 'Department that can fix it' }, departmentSelect(setup, OPTIONS.department)),
      selectInput({
        field: 'severity',
        label: REPORT_LABELS.severity,
        of: SEVERITY,
        initial: severity,
        dispatch: true,
      }),
      textInput({ field: 'contact', label: REPORT_LABELS.contact, optional: true }),
      textInput({ field: 'reference', label: REPORT_LABELS.reference, optional: true }),
      dateInput({ field: 'toldAt', label: 'When did the customer tell us?', initial: floorToMinute(now) }),
      dateInput({
        field: 'promisedBy',
        label: 'Call back promised by',
        turn: severity,
        initial: promisedBy ?? promise,
      }),
      filesInput(setup.policy),
    ],
  })
}

/** Slack takes 3,000 characters of metadata: so long a link, and so many names of files, fit in whatever they are made of. */
const LONGEST_LINK = 1_000
const MOST_NAMED = MOST_FILES + 1
const FILE_NAME = 40

/** What can't be linked to would only take room in the metadata. */
const kept = (source: Source | null): Source | null =>
  source && {
    ...source,
    permalink: isWeb(source.permalink) && source.permalink.length <= LONGEST_LINK ? source.permalink : null,
  }

function hintOnWords(words: string, source: Source | null): string | null {
  if (words.length <= TEXT_LIMITS.words) return null
  const most = TEXT_LIMITS.words.toLocaleString('en')
  return source
    ? `Cut to the first ${most} characters. The rest stays at the linked message.`
    : `Cut to the first ${most} characters.`
}
