import type { ModalView } from '@slack/types'
import { leadsOf } from '../complaint/leads.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { context, plain, section } from './blocks.ts'
import { listed } from './card.ts'
import { MODALS } from './ids.ts'
import { modal, peopleInput, radioInput } from './inputs.ts'
import { mention } from './people.ts'
import { escaped } from './text.ts'
import { departmentName, WHO_SEES } from './words.ts'

/** "Confidential #142": who sees it besides those it concerns anyway, or everybody again. */
export function confidentialModal(
  complaint: Complaint,
  { setup, duplicates }: { readonly setup: Setup; readonly duplicates: readonly number[] },
): ModalView {
  const { number, confidential } = complaint
  return modal({
    title: `Confidential #${number}`,
    submit: { label: 'Save', as: MODALS.confidential },
    metadata: { complaint: number },
    blocks: [
      section(`Only these people see it: ${anyway(complaint, setup)}, and whoever is named here.`),
      ...(confidential
        ? [radioInput({ field: 'sees', label: 'Who may see it?', of: WHO_SEES, initial: 'named' })]
        : []),
      peopleInput({
        ...{ field: 'people', label: 'Who else may see it?', optional: true },
        initial: confidential?.people ?? [],
      }),
      ...(confidential ? [] : [{ type: 'section', text: plain(HONEST) } as const]),
      ...(duplicates.length === 0 ? [] : [context(STILL_SEEN(duplicates))]),
    ],
  })
}

/** What can't be made unseen. */
const HONEST =
  'The card moves to a private channel, and Amends takes back what it has posted about it; a war room is archived. What ' +
  'people wrote in its thread, or in the war room, stays where it is, since it is theirs, and what somebody has read or been ' +
  'notified of stays read. Lists, searches and digests show nothing of it but that it is there.'

/** What was filed besides it is not hidden with it. */
const STILL_SEEN = (duplicates: readonly number[]): string =>
  `Also filed as ${listed(duplicates)}: what was written there stays to be seen. Split off, a critical one can be made confidential, too.`

function anyway({ reporter, owner, department }: Complaint, setup: Setup): string {
  const leads = leadsOf(setup, department)
  return [
    `who filed it (${mention(reporter)})`,
    owner === null ? 'who owns it' : `who owns it (${mention(owner)})`,
    `who leads ${escaped(departmentName(setup, department))}${leads.length === 0 ? '' : ` (${leads.map(mention).join(', ')})`}`,
    setup.confidential.length === 0
      ? 'the admins of Amends'
      : `the admins of Amends, ${setup.confidential.map(mention).join(', ')}`,
  ].join(', ')
}
