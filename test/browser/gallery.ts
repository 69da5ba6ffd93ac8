import type { Json } from '../../src/sandbox/json.ts'
import type { SandboxMessage, SandboxView } from '../../src/sandbox/types.ts'
import { stateOf, withBlockIds } from '../../src/sandbox/view-blocks.ts'
import type { DemoState } from '../../src/sandbox/web/contract.ts'

/** Monday, 5 January 2026, 9:00 in Chicago. */
export const NOW = Date.UTC(2026, 0, 5, 15)

export const plain = (text: string) => ({ type: 'plain_text', text, emoji: false })
export const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
export const option = (label: string, value = label.toLowerCase()) => ({ text: plain(label), value })

const ts = (minutesAgo: number): string => ((NOW - minutesAgo * 60_000) / 1000).toFixed(6)

export const message = (minutesAgo: number, about: Partial<SandboxMessage>): SandboxMessage => ({
  channel: 'C1',
  ts: ts(minutesAgo),
  user: 'U1',
  text: '',
  ...about,
  blocks: withBlockIds(about.blocks ?? []),
})

export const view = (blocks: Json[], about: Partial<SandboxView> = {}): SandboxView => {
  const full = withBlockIds(blocks)
  return {
    ...{ id: 'V1', team_id: 'T1', type: 'modal', user: 'U1', callback_id: 'c', external_id: '', private_metadata: '' },
    ...{ title: plain('A form'), submit: plain('Send'), close: plain('Cancel'), hash: '1', clear_on_close: false },
    ...{ notify_on_close: false, root_view_id: 'V1', previous_view_id: null, app_id: 'A1', bot_id: 'B1' },
    blocks: full,
    state: { values: stateOf(full) },
    ...about,
  } as SandboxView
}

export const input = (label: string, element: Json, about: Json = {}): Json => ({
  type: 'input',
  block_id: label.toLowerCase(),
  label: plain(label),
  element: { action_id: label.toLowerCase(), ...element },
  ...about,
})

const NOON = Date.UTC(2026, 0, 5, 18) / 1000

export const CARD: Json[] = [
  { type: 'header', text: plain('#142 · Northwind Plumbing · Serious') },
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: 'Angry', style: { bold: true } },
          { type: 'text', text: '. In their words:' },
        ],
      },
      {
        type: 'rich_text_quote',
        elements: [{ type: 'text', text: 'Wrong valve again.\nThat is the <second> time this month.' }],
      },
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [
          { type: 'rich_text_section', elements: [{ type: 'text', text: 'first' }] },
          { type: 'rich_text_section', elements: [{ type: 'link', url: 'https://example.com/x', text: 'a link' }] },
        ],
      },
      {
        type: 'rich_text_list',
        style: 'ordered',
        indent: 1,
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'further in' }] }],
      },
      { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'PN 4711  x2\nPN 4712  x1' }] },
      {
        type: 'rich_text_section',
        elements: [
          { type: 'user', user_id: 'U2' },
          { type: 'text', text: ' and ' },
          { type: 'usergroup', usergroup_id: 'S1' },
          { type: 'text', text: ', due ' },
          { type: 'date', timestamp: NOON, format: '{date_short_pretty} at {time}', fallback: 'noon' },
          { type: 'text', text: ' ' },
          { type: 'emoji', name: 'wave' },
          { type: 'text', text: ' code', style: { code: true } },
          { type: 'channel', channel_id: 'C2' },
        ],
      },
    ],
  },
  {
    type: 'section',
    fields: [
      mrkdwn(`*Response*\nDue <!date^${NOON}^{date_short_pretty} at {time}|noon>`),
      mrkdwn(`*Callback*\n*Overdue* since <!date^${NOON}^{date_short_pretty} at {time}|noon>`),
      mrkdwn('*Owner*\nNobody yet'),
      mrkdwn('*Filed by*\n<@U1>'),
    ],
  },
  { type: 'section', text: mrkdwn('Calling <!subteam^S1>: who takes it?') },
  { type: 'divider' },
  {
    type: 'context',
    elements: [
      mrkdwn('The customer told us `today` · <https://acme.slack.com/archives/C1/p1767624000000000|The message>'),
    ],
  },
  {
    type: 'actions',
    block_id: 'buttons',
    elements: [
      { type: 'button', action_id: 'own', text: plain('Own it'), value: '142', style: 'primary' },
      { type: 'button', action_id: 'more', text: plain('More'), value: '142' },
      {
        type: 'button',
        action_id: 'drop',
        text: plain('Drop it'),
        style: 'danger',
        confirm: {
          title: plain('Drop it?'),
          text: mrkdwn('It *cannot* be undone.'),
          confirm: plain('Drop'),
          deny: plain('Keep'),
        },
      },
      { type: 'overflow', action_id: 'rare', options: [option('Merge'), option('Split')] },
    ],
  },
]

export const FORM: Json[] = [
  { type: 'section', text: mrkdwn('Some *words* first') },
  input('Customer', { type: 'plain_text_input', max_length: 20 }),
  input('Feeling', { type: 'static_select', options: [option('Angry'), option('Calm')] }),
  input(
    'Cause',
    {
      type: 'static_select',
      option_groups: [
        { label: plain('Product'), options: [option('Defective part')] },
        { label: plain('Process'), options: [option('Late')] },
      ],
    },
    { optional: true },
  ),
  input('Words', { type: 'plain_text_input', multiline: true }, { hint: plain('As they said it.') }),
  input(
    'Severity',
    { type: 'static_select', options: [option('Normal'), option('Critical')], initial_option: option('Normal') },
    { dispatch_action: true },
  ),
  input('Department', { type: 'external_select', min_query_length: 0 }, { optional: true }),
  input('Who goes', { type: 'users_select' }, { optional: true }),
  input('Fixed?', { type: 'radio_buttons', options: [option('Yes'), option('No')] }, { optional: true }),
  input('Instead', { type: 'checkboxes', options: [option('Fixed remotely')] }, { optional: true }),
  input('When', { type: 'datetimepicker', initial_date_time: NOON }),
  input('Day', { type: 'datepicker' }, { optional: true }),
  input('Hour', { type: 'timepicker' }, { optional: true }),
  input('Photos', { type: 'file_input' }, { optional: true }),
]

/** A workspace with a bit of everything. */
export const gallery = (): DemoState => {
  const parent = message(50, { user: 'B1', blocks: CARD, text: 'card', edited: { user: 'B1', ts: ts(10) } })
  return {
    team: 'Hollis Fittings',
    now: new Date(NOW).toISOString(),
    timezone: 'America/Chicago',
    users: [
      { id: 'U1', name: 'rita', realName: 'Rita Ramos', role: 'Customer service', isBot: false },
      { id: 'U2', name: 'lena', realName: 'Lena Lindqvist', role: 'Lead of manufacturing', isBot: false },
      { id: 'B1', name: 'amends', realName: 'Amends', role: 'App', isBot: true },
    ],
    usergroups: [{ id: 'S1', handle: 'makers' }],
    channels: [
      { id: 'C1', name: 'service', kind: 'channel', isArchived: false, topic: 'Customers call here', newest: ts(1) },
      { id: 'C2', name: 'manufacturing', kind: 'channel', isArchived: false, topic: '', newest: null },
      { id: 'C3', name: 'old', kind: 'channel', isArchived: true, topic: '', newest: null },
      { id: 'D1', name: 'Amends', kind: 'dm', isArchived: false, topic: '', newest: null },
      { id: 'D2', name: 'Lena Lindqvist', kind: 'dm', isArchived: false, topic: '', newest: null },
    ],
    messages: [
      message(60 * 24, {
        text: 'Yesterday: *bold* _it_ ~gone~ `a*b*` <@U1>, <!here> &lt;b&gt; &amp; 2*3*4 snake_case_name',
      }),
      message(55, {
        user: 'U2',
        text: '&gt; quoted *here*\nthen <https://example.com|a link> and https://example.org/a.\n```\nlet a = 1\n```\n• one\n• two',
      }),
      parent,
      message(40, { user: 'U2', text: 'On it', thread_ts: parent.ts }),
      message(30, { user: 'B1', text: 'Broadcast to all', thread_ts: parent.ts, reply_broadcast: true }),
      message(2, {
        text: `Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft${'x'.repeat(120)}`,
      }),
    ],
    ephemerals: [{ ephemeral: true, channel: 'C1', user: 'U1', ts: ts(1), text: 'Only for *you*', blocks: [] }],
    modals: [],
    home: null,
    commands: [
      { command: '/complaint', hint: '[customer: what happened] | 142 | list', description: 'File a complaint' },
    ],
    shortcuts: [
      { id: 'file_a_complaint', name: 'File a complaint', type: 'global' },
      { id: 'file_as_complaint', name: 'File as complaint', type: 'message' },
    ],
    faults: [],
  }
}
