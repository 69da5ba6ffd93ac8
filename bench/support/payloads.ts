import { randomUUID } from 'node:crypto'
import type { Filing } from '../../src/complaint/commands.ts'
import { HOUR, plus } from '../../src/complaint/time.ts'
import { fileModal } from '../../src/views/fileModal.ts'
import { MODALS } from '../../src/views/ids.ts'
import { type Signed, signed, signedJson } from './client.ts'
import { COMPANY, WORKSPACE } from './company.ts'

/** `/complaint`, as Slack sends it. */
export const command = (): Signed =>
  signed({
    token: 'deprecated-verification-token',
    team_id: WORKSPACE,
    team_domain: 'bench',
    channel_id: 'C0SERVICE',
    channel_name: 'service',
    user_id: 'U0RITA',
    user_name: 'rita',
    command: '/complaint',
    text: '',
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/T0BENCH/1/x',
    trigger_id: `1.2.${randomUUID()}`,
  })

/** Somebody looks at their Home. */
export const homeOpened = (user: string): Signed =>
  signedJson({
    ...{ token: 'deprecated-verification-token', team_id: WORKSPACE, api_app_id: 'A0BENCH', type: 'event_callback' },
    event: { type: 'app_home_opened', user, channel: 'D0BENCH', tab: 'home', event_ts: '1700000000.000100' },
    ...{ event_id: `Ev${randomUUID()}`, event_time: 1_700_000_000 },
  })

const WORDS =
  'The valve that came this morning is half an inch too wide, so the line has stood still since seven. They ordered the same part number as last year and they have a truck waiting. This is the second time in a month.'
const TRIED = 'Turned it round, tried the old gasket, and called the hotline twice: they were told to wait.'

/** The nth complaint that is filed. A thousand customers take turns. */
export function filing(index: number, now: Date): Filing {
  const minute = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
  return {
    report: {
      customer: `Customer ${(index * 7919) % 1000}`,
      feeling: 'frustrated',
      words: WORDS,
      tried: TRIED,
      severity: 'normal',
      contact: 'Joe at the gate, +1 555 0100',
      reference: `Order ${index}`,
    },
    department: COMPANY.departments[index % COMPANY.departments.length]?.key ?? '',
    reporter: `U0RITA${index % 20}`,
    toldAt: minute,
    promisedBy: plus(minute, 4 * HOUR),
    source: null,
  }
}

/** "File a complaint", filled in and submitted, as Slack sends it: with the whole form. */
export function submission({ report, department, toldAt, promisedBy, reporter }: Filing, now: Date): Signed {
  const { blocks, private_metadata, title } = fileModal({ setup: COMPANY, now, prefill: {}, source: null })
  const text = (field: string, value: string | null) => ({
    [field]: { [field]: { type: 'plain_text_input', value } },
  })
  const choice = (field: string, value: string) => ({
    [field]: {
      [field]: { type: 'static_select', selected_option: { text: { type: 'plain_text', text: value }, value } },
    },
  })
  const instant = (block: string, field: string, at: Date) => ({
    [block]: { [field]: { type: 'datetimepicker', selected_date_time: at.getTime() / 1000 } },
  })
  const id = `V${randomUUID()}`
  const view = {
    ...{ id, team_id: WORKSPACE, type: 'modal', callback_id: MODALS.file, private_metadata, title, blocks },
    ...{ hash: '1.abc', root_view_id: id, previous_view_id: null, app_id: 'A0BENCH', bot_id: 'B0BOT' },
    state: {
      values: {
        ...text('customer', report.customer),
        ...choice('feeling', report.feeling),
        ...text('words', report.words),
        ...text('tried', report.tried),
        ...choice('department', department),
        ...choice('severity', report.severity),
        ...text('contact', report.contact),
        ...text('reference', report.reference),
        ...instant('toldAt', 'toldAt', toldAt),
        ...instant('promisedBy:normal', 'promisedBy', promisedBy),
      },
    },
  }
  const payload = {
    ...{ type: 'view_submission', team: { id: WORKSPACE, domain: 'bench' }, api_app_id: 'A0BENCH' },
    user: { id: reporter, username: 'rita', name: 'rita', team_id: WORKSPACE },
    ...{ token: 'deprecated-verification-token', trigger_id: `1.2.${id}`, response_urls: [], view },
    ...{ enterprise: null, is_enterprise_install: false },
  }
  return signed({ payload: JSON.stringify(payload) })
}
