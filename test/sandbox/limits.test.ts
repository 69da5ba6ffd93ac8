import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { checkMessage, checkOptions, checkView, firedMentions } from '../../src/sandbox/limits.ts'

const x = (length: number): string => 'x'.repeat(length)
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i))
const plain = (text: string) => ({ type: 'plain_text', text })
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text })
const option = (value: string | number = 'a', text = 'A') => ({ text: plain(text), value: String(value) })
const options = (count: number) => times(count, (i) => option(i))
const button = (more: object = {}) => ({ type: 'button', text: plain('Go'), ...more })
const section = (more: object = {}) => ({ type: 'section', text: mrkdwn('words'), ...more })
const actions = (...elements: unknown[]) => ({ type: 'actions', elements })
const input = (element: unknown, more: object = {}) => ({ type: 'input', label: plain('Label'), element, ...more })
const rich = (...elements: unknown[]) => ({ type: 'rich_text', elements })
const line = (...elements: unknown[]) => rich({ type: 'rich_text_section', elements })
const select = (more: object = {}) => ({ type: 'static_select', options: options(2), ...more })
const picture = (more: object = {}) => ({ type: 'image', image_url: 'https://a.example/b.png', alt_text: 'B', ...more })
const confirm = (more: object = {}) => ({
  title: plain('Sure?'),
  text: mrkdwn('*Really*?'),
  confirm: plain('Yes'),
  deny: plain('No'),
  ...more,
})
const modal = (blocks: unknown[], more: object = {}) => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Save'),
  blocks,
  ...more,
})
const home = (blocks: unknown[], more: object = {}) => ({ type: 'home', blocks, ...more })

const inMessage = (...blocks: unknown[]) => checkMessage({ text: 'fallback', blocks }, 'post')
const inModal = (...blocks: unknown[]) => checkView(modal(blocks))
const inHome = (...blocks: unknown[]) => checkView(home(blocks))

describe('what Slack takes', () => {
  const everywhere: [string, unknown][] = [
    ['header', { type: 'header', text: plain(x(150)), block_id: x(255) }],
    ['section of text', section({ text: mrkdwn(x(3000)), expand: true })],
    ['verbatim mrkdwn', section({ text: { ...mrkdwn('a'), verbatim: true } })],
    ['plain section with emoji', section({ text: { ...plain('a'), emoji: false } })],
    ['section of fields', { type: 'section', fields: times(5, () => mrkdwn(x(100))) }],
    ['a field at its limit', { type: 'section', fields: [mrkdwn(x(2000))] }],
    ['a field left undefined', section({ accessory: undefined })],
    ['button accessory', section({ accessory: button({ action_id: x(255), value: x(2000) }) })],
    ['overflow accessory', section({ accessory: { type: 'overflow', options: options(5) } })],
    [
      'overflow with one address',
      section({ accessory: { type: 'overflow', options: [{ ...option(), url: 'https://a.example' }] } }),
    ],
    ['picture accessory', section({ accessory: picture() })],
    ['context', { type: 'context', elements: [...times(9, () => mrkdwn('a')), picture()] }],
    ['actions', actions(...times(25, (i) => button({ action_id: `a${i}` })))],
    [
      'button in full',
      actions(
        button({
          text: plain(x(75)),
          url: 'https://a.example',
          style: 'danger',
          accessibility_label: 'a',
          confirm: confirm({ style: 'danger' }),
        }),
      ),
    ],
    ['divider', { type: 'divider' }],
    ['image', picture({ title: plain('Title') })],
    ['image of a file', { type: 'image', slack_file: { id: 'F0PICTURE1' }, alt_text: 'B' }],
    [
      'static select',
      actions(select({ options: options(100), placeholder: plain(x(150)), initial_option: option(7) })),
    ],
    [
      'static select with groups',
      actions(
        select({
          options: undefined,
          option_groups: [{ label: plain(x(75)), options: options(2) }],
          initial_option: option(1),
        }),
      ),
    ],
    [
      'multi static select',
      actions({
        type: 'multi_static_select',
        options: options(3),
        initial_options: [option(2), option(0)],
        max_selected_items: 2,
      }),
    ],
    ['external select', actions({ type: 'external_select', min_query_length: 0, initial_option: option('z') })],
    ['users select', actions({ type: 'users_select', initial_user: 'U1' })],
    ['multi users select', actions({ type: 'multi_users_select', initial_users: ['U1', 'W2'] })],
    ['channels select', actions({ type: 'channels_select', initial_channel: 'C1' })],
    [
      'conversations select',
      actions({ type: 'conversations_select', default_to_current_conversation: true, filter: { include: ['public'] } }),
    ],
    [
      'checkboxes',
      actions({
        type: 'checkboxes',
        options: times(10, (i) => ({ text: mrkdwn('*a*'), value: `${i}`, description: mrkdwn('b') })),
      }),
    ],
    ['radio buttons', actions({ type: 'radio_buttons', options: options(10), initial_option: option(9) })],
    ['datepicker', actions({ type: 'datepicker', initial_date: '2024-02-29' })],
    ['timepicker', actions({ type: 'timepicker', initial_time: '23:59', timezone: 'Europe/Berlin' })],
    ['datetimepicker', actions({ type: 'datetimepicker', initial_date_time: 1_628_633_820 })],
    [
      'text input',
      input(
        {
          type: 'plain_text_input',
          multiline: true,
          min_length: 0,
          max_length: 3000,
          initial_value: x(3000),
          dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
        },
        { hint: plain(x(2000)), optional: true, dispatch_action: true },
      ),
    ],
    ['email input', input({ type: 'email_text_input' })],
    ['url input', input({ type: 'url_text_input', initial_value: 'https://a.example' })],
    [
      'number input',
      input({ type: 'number_input', is_decimal_allowed: true, min_value: '-1', initial_value: '9', max_value: '10.5' }),
    ],
    ['rich text input', input({ type: 'rich_text_input', initial_value: line({ type: 'text', text: 'a' }) })],
    [
      'rich text',
      rich(
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: ' ', style: { bold: true, strike: true } },
            { type: 'link', url: 'https://a.example', text: 'A' },
            { type: 'user', user_id: 'U1' },
            { type: 'usergroup', usergroup_id: 'S1' },
            { type: 'channel', channel_id: 'C1' },
            { type: 'emoji', name: 'flag-de' },
            { type: 'date', timestamp: 1_720_000_000, format: '{date_short_pretty} at {time}', fallback: 'soon' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'ordered',
          indent: 8,
          offset: 3,
          border: 1,
          elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }],
        },
        { type: 'rich_text_quote', elements: [{ type: 'text', text: 'a' }], border: 0 },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'a' }] },
      ),
    ],
  ]
  it.each(everywhere)('%s', (_, block) => {
    expect(inMessage(block)).toEqual([])
    expect(inModal(block)).toEqual([])
    expect(inHome(block)).toEqual([])
  })

  const someWhere: [string, unknown, (typeof inMessage)[], (typeof inMessage)[]][] = [
    ['alert', { type: 'alert', text: mrkdwn('a'), level: 'warning' }, [inModal], [inMessage, inHome]],
    ['markdown', { type: 'markdown', text: x(12_000) }, [inMessage], [inModal, inHome]],
    [
      'table',
      {
        type: 'table',
        rows: [[{ type: 'raw_text', text: 'a' }, line({ type: 'text', text: 'b' })]],
        column_settings: [{ align: 'right', is_wrapped: true }],
      },
      [inMessage],
      [inModal, inHome],
    ],
    ['file input', input({ type: 'file_input', filetypes: ['jpg'], max_files: 10 }), [inModal], [inMessage, inHome]],
    ['response url', input({ type: 'channels_select', response_url_enabled: true }), [inModal], [inMessage, inHome]],
    [
      'response url outside an input',
      actions({ type: 'channels_select', response_url_enabled: true }),
      [],
      [inMessage, inModal, inHome],
    ],
    ['video', { type: 'video' }, [], [inMessage, inModal, inHome]],
    ['carousel', { type: 'carousel', elements: [] }, [], [inMessage, inModal, inHome]],
  ]
  it.each(someWhere)('%s only on its surfaces', (_, block, taken, refused) => {
    for (const check of taken) expect(check(block)).toEqual([])
    for (const check of refused) expect(check(block)).not.toEqual([])
  })
})

describe('what Slack refuses of one block', () => {
  const cases: [block: unknown, ...violations: string[]][] = [
    [{ type: 'hologram' }, 'blocks[0].type: "hologram" is no block that may stand here'],
    [{ text: 'a' }, 'blocks[0].type: undefined is no block that may stand here'],
    [{ type: 'constructor' }, 'blocks[0].type: "constructor" is no block that may stand here'],
    ['words', 'blocks[0]: must be an object, a kind of block'],
    [null, 'blocks[0]: must be an object, a kind of block'],
    [{ type: 'divider', block_id: x(256) }, 'blocks[0].block_id: 256 characters, Slack takes 255'],
    [{ type: 'divider', block_id: '' }, 'blocks[0].block_id: empty, Slack refuses it'],
    [{ type: 'divider', colour: 'red' }, 'blocks[0].colour: no such field'],
    // header
    [{ type: 'header' }, 'blocks[0].text: missing'],
    [{ type: 'header', text: plain(x(151)) }, 'blocks[0].text: 151 characters, Slack takes 150'],
    [{ type: 'header', text: plain('') }, 'blocks[0].text: empty, Slack refuses it'],
    [{ type: 'header', text: plain('  \n') }, 'blocks[0].text: empty, Slack refuses it'],
    [{ type: 'header', text: mrkdwn('a') }, 'blocks[0].text: "mrkdwn" text, Slack takes plain_text'],
    [{ type: 'header', text: 'a' }, 'blocks[0].text: must be a text object, plain_text'],
    // section
    [{ type: 'section' }, 'blocks[0]: neither text nor fields, Slack wants one'],
    [section({ text: mrkdwn(x(3001)) }), 'blocks[0].text: 3001 characters, Slack takes 3000'],
    [section({ text: mrkdwn('') }), 'blocks[0].text: empty, Slack refuses it'],
    [section({ text: { type: 'mrkdwn' } }), 'blocks[0].text: must be a string'],
    [section({ text: { ...mrkdwn('a'), emoji: true } }), 'blocks[0].text.emoji: no such field'],
    [section({ text: { ...plain('a'), verbatim: true } }), 'blocks[0].text.verbatim: no such field'],
    [
      section({ text: { type: 'markdown', text: 'a' } }),
      'blocks[0].text: "markdown" text, Slack takes plain_text or mrkdwn',
    ],
    [section({ fields: [] }), 'blocks[0].fields: 0 fields, Slack wants at least 1'],
    [section({ fields: times(11, () => plain('a')) }), 'blocks[0].fields: 11 fields, Slack takes 10'],
    [section({ fields: [mrkdwn(x(2001))] }), 'blocks[0].fields[0]: 2001 characters, Slack takes 2000'],
    [
      section({ accessory: { type: 'plain_text_input' } }),
      'blocks[0].accessory.type: "plain_text_input" is no section accessory that may stand here',
    ],
    [
      section({ accessory: { type: 'datetimepicker' } }),
      'blocks[0].accessory.type: "datetimepicker" is no section accessory that may stand here',
    ],
    // context
    [{ type: 'context', elements: [] }, 'blocks[0].elements: 0 elements, Slack wants at least 1'],
    [{ type: 'context', elements: times(11, () => mrkdwn('a')) }, 'blocks[0].elements: 11 elements, Slack takes 10'],
    [{ type: 'context', elements: [plain('')] }, 'blocks[0].elements[0]: empty, Slack refuses it'],
    [
      { type: 'context', elements: [button()] },
      'blocks[0].elements[0].type: "button" is no context element that may stand here',
    ],
    // actions
    [actions(), 'blocks[0].elements: 0 elements, Slack wants at least 1'],
    [actions(...times(26, () => button())), 'blocks[0].elements: 26 elements, Slack takes 25'],
    [
      actions({ type: 'plain_text_input' }),
      'blocks[0].elements[0].type: "plain_text_input" is no actions element that may stand here',
    ],
    [actions(picture()), 'blocks[0].elements[0].type: "image" is no actions element that may stand here'],
    [
      actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
      'blocks[0].elements[1].action_id: action_id "a" is also at blocks[0].elements[0].action_id, Slack wants it once',
    ],
    // buttons
    [actions(button({ text: plain(x(80)) })), 'blocks[0].elements[0].text: 80 characters, Slack takes 75'],
    [actions(button({ text: mrkdwn('a') })), 'blocks[0].elements[0].text: "mrkdwn" text, Slack takes plain_text'],
    [actions(button({ text: plain('') })), 'blocks[0].elements[0].text: empty, Slack refuses it'],
    [actions(button({ action_id: x(256) })), 'blocks[0].elements[0].action_id: 256 characters, Slack takes 255'],
    [actions(button({ value: x(2001) })), 'blocks[0].elements[0].value: 2001 characters, Slack takes 2000'],
    [actions(button({ value: 7 })), 'blocks[0].elements[0].value: must be a string'],
    [
      actions(button({ url: `https://a.example/${x(2990)}` })),
      'blocks[0].elements[0].url: 3008 characters, Slack takes 3000',
    ],
    [actions(button({ url: 'nowhere' })), 'blocks[0].elements[0].url: "nowhere", Slack takes an address'],
    [actions(button({ style: 'default' })), 'blocks[0].elements[0].style: "default", Slack takes primary or danger'],
    [
      actions(button({ accessibility_label: x(76) })),
      'blocks[0].elements[0].accessibility_label: 76 characters, Slack takes 75',
    ],
    // confirm
    [
      actions(button({ confirm: confirm({ title: plain(x(101)) }) })),
      'blocks[0].elements[0].confirm.title: 101 characters, Slack takes 100',
    ],
    [
      actions(button({ confirm: confirm({ text: plain(x(301)) }) })),
      'blocks[0].elements[0].confirm.text: 301 characters, Slack takes 300',
    ],
    [
      actions(button({ confirm: confirm({ confirm: plain(x(31)) }) })),
      'blocks[0].elements[0].confirm.confirm: 31 characters, Slack takes 30',
    ],
    [
      actions(button({ confirm: confirm({ deny: plain(x(31)) }) })),
      'blocks[0].elements[0].confirm.deny: 31 characters, Slack takes 30',
    ],
    [actions(button({ confirm: confirm({ deny: undefined }) })), 'blocks[0].elements[0].confirm.deny: missing'],
    [
      actions(button({ confirm: confirm({ title: mrkdwn('a') }) })),
      'blocks[0].elements[0].confirm.title: "mrkdwn" text, Slack takes plain_text',
    ],
    // overflow
    [actions({ type: 'overflow', options: [] }), 'blocks[0].elements[0].options: 0 options, Slack wants at least 1'],
    [actions({ type: 'overflow', options: options(6) }), 'blocks[0].elements[0].options: 6 options, Slack takes 5'],
    // selects and their options
    [
      actions(select({ placeholder: plain(x(151)) })),
      'blocks[0].elements[0].placeholder: 151 characters, Slack takes 150',
    ],
    [
      actions(select({ placeholder: mrkdwn('a') })),
      'blocks[0].elements[0].placeholder: "mrkdwn" text, Slack takes plain_text',
    ],
    [actions(select({ options: options(101) })), 'blocks[0].elements[0].options: 101 options, Slack takes 100'],
    [actions(select({ options: [] })), 'blocks[0].elements[0].options: 0 options, Slack wants at least 1'],
    [
      actions(select({ options: undefined })),
      'blocks[0].elements[0]: nothing given, Slack takes one of options, option_groups',
    ],
    [
      actions(select({ option_groups: [{ label: plain('a'), options: [option('z')] }] })),
      'blocks[0].elements[0]: options and option_groups given, Slack takes one of options, option_groups',
    ],
    [
      actions(
        select({ options: undefined, option_groups: times(101, (i) => ({ label: plain('a'), options: [option(i)] })) }),
      ),
      'blocks[0].elements[0].option_groups: 101 option groups, Slack takes 100',
    ],
    [
      actions(select({ options: undefined, option_groups: [{ label: plain(x(76)), options: [] }] })),
      'blocks[0].elements[0].option_groups[0].label: 76 characters, Slack takes 75',
      'blocks[0].elements[0].option_groups[0].options: 0 options, Slack wants at least 1',
    ],
    [
      actions(select({ options: undefined, option_groups: [{ label: plain('a'), options: options(101) }] })),
      'blocks[0].elements[0].option_groups[0].options: 101 options, Slack takes 100',
    ],
    [
      actions(select({ options: [option('a', x(76))] })),
      'blocks[0].elements[0].options[0].text: 76 characters, Slack takes 75',
    ],
    [
      actions(select({ options: [option(x(76))] })),
      'blocks[0].elements[0].options[0].value: 76 characters, Slack takes 75',
    ],
    [actions(select({ options: [option('')] })), 'blocks[0].elements[0].options[0].value: empty, Slack refuses it'],
    [actions(select({ options: [option('a', '')] })), 'blocks[0].elements[0].options[0].text: empty, Slack refuses it'],
    [
      actions(select({ options: [{ text: mrkdwn('a'), value: 'a' }] })),
      'blocks[0].elements[0].options[0].text: "mrkdwn" text, Slack takes plain_text',
    ],
    [
      actions(select({ options: [{ ...option(), description: plain(x(76)) }] })),
      'blocks[0].elements[0].options[0].description: 76 characters, Slack takes 75',
    ],
    [
      actions(select({ options: [{ ...option(), url: 'https://a.example' }] })),
      'blocks[0].elements[0].options[0].url: no such field',
    ],
    [
      actions(select({ options: [option('a', 'A'), option('a', 'B')] })),
      'blocks[0].elements[0].options[1].value: value "a" is also at blocks[0].elements[0].options[0].value, Slack wants it once',
    ],
    [
      actions(select({ initial_option: option(0, 'Other') })),
      'blocks[0].elements[0].initial_option: is not exactly one of the options',
    ],
    [
      actions(select({ initial_option: { ...option(0), text: { ...plain('A'), emoji: true } } })),
      'blocks[0].elements[0].initial_option: is not exactly one of the options',
    ],
    [
      actions(select({ initial_option: null })),
      'blocks[0].elements[0].initial_option: must be an object',
      'blocks[0].elements[0].initial_option: is not exactly one of the options',
    ],
    [actions(select({ initial_options: [option(0)] })), 'blocks[0].elements[0].initial_options: no such field'],
    [
      actions({ type: 'multi_static_select', options: options(2), initial_options: [] }),
      'blocks[0].elements[0].initial_options: 0 chosen, Slack wants at least 1',
    ],
    [
      actions({ type: 'multi_static_select', options: options(2), initial_options: [option(2)] }),
      'blocks[0].elements[0].initial_options[0]: is not exactly one of the options',
    ],
    [
      actions({ type: 'multi_users_select', max_selected_items: 1, initial_users: ['U1', 'U2'] }),
      'blocks[0].elements[0].initial_users: 2 chosen, max_selected_items is 1',
    ],
    [
      actions({ type: 'multi_users_select', max_selected_items: 0 }),
      'blocks[0].elements[0].max_selected_items: 0, Slack takes a whole number from 1 to 1000',
    ],
    [
      actions({ type: 'external_select', min_query_length: -1 }),
      'blocks[0].elements[0].min_query_length: -1, Slack takes a whole number from 0 to 100',
    ],
    [actions({ type: 'external_select', options: options(1) }), 'blocks[0].elements[0].options: no such field'],
    [
      actions({ type: 'users_select', initial_user: 'ann' }),
      'blocks[0].elements[0].initial_user: "ann", Slack takes a user id',
    ],
    [
      actions({ type: 'users_select', initial_user: '' }),
      'blocks[0].elements[0].initial_user: "", Slack takes a user id',
    ],
    [
      actions({ type: 'channels_select', initial_channel: 'D1' }),
      'blocks[0].elements[0].initial_channel: "D1", Slack takes a channel id',
    ],
    [actions({ type: 'conversations_select', filter: {} }), 'blocks[0].elements[0].filter: an empty filter'],
    [
      actions({ type: 'conversations_select', filter: { include: ['secret'] } }),
      'blocks[0].elements[0].filter.include[0]: "secret", Slack takes im or mpim or private or public',
    ],
    // boxes and pickers
    [
      actions({ type: 'checkboxes', options: options(11) }),
      'blocks[0].elements[0].options: 11 options, Slack takes 10',
    ],
    [actions({ type: 'checkboxes', options: [] }), 'blocks[0].elements[0].options: 0 options, Slack wants at least 1'],
    [
      actions({ type: 'checkboxes', options: options(1), initial_options: [] }),
      'blocks[0].elements[0].initial_options: 0 chosen, Slack wants at least 1',
    ],
    [
      actions({ type: 'checkboxes', options: options(1), placeholder: plain('a') }),
      'blocks[0].elements[0].placeholder: no such field',
    ],
    [
      actions({ type: 'radio_buttons', options: options(11) }),
      'blocks[0].elements[0].options: 11 options, Slack takes 10',
    ],
    [actions({ type: 'radio_buttons' }), 'blocks[0].elements[0].options: missing'],
    [
      actions({ type: 'radio_buttons', options: options(2), initial_option: option(2) }),
      'blocks[0].elements[0].initial_option: is not exactly one of the options',
    ],
    [
      actions({ type: 'datepicker', initial_date: '2023-02-29' }),
      'blocks[0].elements[0].initial_date: "2023-02-29", Slack takes a date YYYY-MM-DD',
    ],
    [
      actions({ type: 'datepicker', initial_date: '1.2.2023' }),
      'blocks[0].elements[0].initial_date: "1.2.2023", Slack takes a date YYYY-MM-DD',
    ],
    [
      actions({ type: 'timepicker', initial_time: '24:00' }),
      'blocks[0].elements[0].initial_time: "24:00", Slack takes a time HH:mm',
    ],
    [
      actions({ type: 'timepicker', initial_time: '9:00' }),
      'blocks[0].elements[0].initial_time: "9:00", Slack takes a time HH:mm',
    ],
    [
      actions({ type: 'timepicker', timezone: 'Mars/Base' }),
      'blocks[0].elements[0].timezone: "Mars/Base", Slack takes an IANA time zone',
    ],
    [
      actions({ type: 'datetimepicker', initial_date_time: 1_628_633_820_000 }),
      'blocks[0].elements[0].initial_date_time: 1628633820000, Slack takes a whole number from 1000000000 to 9999999999',
    ],
    [
      actions({ type: 'datetimepicker', initial_date_time: 1_628_633_820.5 }),
      'blocks[0].elements[0].initial_date_time: 1628633820.5, Slack takes a whole number from 1000000000 to 9999999999',
    ],
    [
      actions({ type: 'datetimepicker', initial_date_time: '1628633820' }),
      'blocks[0].elements[0].initial_date_time: "1628633820", Slack takes a whole number from 1000000000 to 9999999999',
    ],
    // input
    [{ type: 'input', label: plain('a') }, 'blocks[0].element: missing'],
    [{ type: 'input', element: { type: 'users_select' } }, 'blocks[0].label: missing'],
    [input({ type: 'users_select' }, { label: mrkdwn('a') }), 'blocks[0].label: "mrkdwn" text, Slack takes plain_text'],
    [input({ type: 'users_select' }, { label: plain('') }), 'blocks[0].label: empty, Slack refuses it'],
    [input({ type: 'users_select' }, { label: plain(x(2001)) }), 'blocks[0].label: 2001 characters, Slack takes 2000'],
    [input({ type: 'users_select' }, { hint: plain(x(2001)) }), 'blocks[0].hint: 2001 characters, Slack takes 2000'],
    [input({ type: 'users_select' }, { optional: 'yes' }), 'blocks[0].optional: must be true or false'],
    [input(button()), 'blocks[0].element.type: "button" is no input element that may stand here'],
    [
      input({ type: 'overflow', options: options(2) }),
      'blocks[0].element.type: "overflow" is no input element that may stand here',
    ],
    [
      input({ type: 'plain_text_input', max_length: 3001 }),
      'blocks[0].element.max_length: 3001, Slack takes a whole number from 1 to 3000',
    ],
    [
      input({ type: 'plain_text_input', min_length: -1 }),
      'blocks[0].element.min_length: -1, Slack takes a whole number from 0 to 3000',
    ],
    [
      input({ type: 'plain_text_input', min_length: 9, max_length: 8 }),
      'blocks[0].element.min_length: is more than max_length',
    ],
    [
      input({ type: 'plain_text_input', max_length: 5, initial_value: x(6) }),
      'blocks[0].element.initial_value: 6 characters, the input takes 5',
    ],
    [
      input({ type: 'plain_text_input', dispatch_action_config: { trigger_actions_on: ['blur'] } }),
      'blocks[0].element.dispatch_action_config.trigger_actions_on[0]: "blur", Slack takes on_enter_pressed or on_character_entered',
    ],
    [input({ type: 'number_input' }), 'blocks[0].element.is_decimal_allowed: missing'],
    [
      input({ type: 'number_input', is_decimal_allowed: false, min_value: 1 }),
      'blocks[0].element.min_value: 1, Slack takes a number in a string',
    ],
    [
      input({ type: 'number_input', is_decimal_allowed: false, initial_value: '1.5' }),
      'blocks[0].element.initial_value: decimals are not allowed here',
    ],
    [
      input({ type: 'number_input', is_decimal_allowed: false, min_value: '9', max_value: '10', initial_value: '11' }),
      'blocks[0].element.initial_value: is more than max_value',
    ],
    // image
    [picture({ alt_text: undefined }), 'blocks[0].alt_text: missing'],
    [picture({ alt_text: '' }), 'blocks[0].alt_text: empty, Slack refuses it'],
    [picture({ alt_text: x(2001) }), 'blocks[0].alt_text: 2001 characters, Slack takes 2000'],
    [picture({ title: plain(x(2001)) }), 'blocks[0].title: 2001 characters, Slack takes 2000'],
    [picture({ image_url: 'file:///a.png' }), 'blocks[0].image_url: "file:///a.png", Slack takes an http(s) address'],
    [
      picture({ slack_file: { id: 'F0PICTURE1' } }),
      'blocks[0]: image_url and slack_file given, Slack takes one of image_url, slack_file',
    ],
    [picture({ image_url: undefined }), 'blocks[0]: nothing given, Slack takes one of image_url, slack_file'],
    [
      picture({ image_url: undefined, slack_file: { id: 'F0PICTURE1', url: 'https://a.example' } }),
      'blocks[0].slack_file: id and url given, Slack takes one of id, url',
    ],
    [{ type: 'context', elements: [picture({ title: plain('a') })] }, 'blocks[0].elements[0].title: no such field'],
    // rich text
    [rich(), 'blocks[0].elements: 0 items, Slack wants at least 1'],
    [line(), 'blocks[0].elements[0].elements: 0 items, Slack wants at least 1'],
    [rich({ type: 'text', text: 'a' }), 'blocks[0].elements[0].type: "text" is no rich text part that may stand here'],
    [line({ type: 'text', text: '' }), 'blocks[0].elements[0].elements[0].text: empty, Slack refuses it'],
    [line({ type: 'text' }), 'blocks[0].elements[0].elements[0].text: missing'],
    [line({ type: 'text', text: 7 }), 'blocks[0].elements[0].elements[0].text: must be a string'],
    [
      line({ type: 'text', text: 'a', style: { loud: true } }),
      'blocks[0].elements[0].elements[0].style.loud: no such field',
    ],
    [
      line({ type: 'text', text: 'a', style: { bold: 1 } }),
      'blocks[0].elements[0].elements[0].style.bold: must be true or false',
    ],
    [line(mrkdwn('a')), 'blocks[0].elements[0].elements[0].type: "mrkdwn" is no rich text element that may stand here'],
    [
      line({ type: 'link', url: 'nowhere' }),
      'blocks[0].elements[0].elements[0].url: "nowhere", Slack takes an address',
    ],
    [line({ type: 'user', user_id: 'S1' }), 'blocks[0].elements[0].elements[0].user_id: "S1", Slack takes a user id'],
    [
      line({ type: 'usergroup', usergroup_id: 'U1' }),
      'blocks[0].elements[0].elements[0].usergroup_id: "U1", Slack takes a usergroup id',
    ],
    [
      line({ type: 'channel', channel_id: '#general' }),
      'blocks[0].elements[0].elements[0].channel_id: "#general", Slack takes a channel id',
    ],
    [
      line({ type: 'emoji', name: ':wave:' }),
      'blocks[0].elements[0].elements[0].name: ":wave:", Slack takes a name without colons',
    ],
    [
      line({ type: 'broadcast', range: 'here' }),
      'blocks[0].elements[0].elements[0]: rings a bell for everybody (here)',
    ],
    [
      line({ type: 'date', timestamp: 1_720_000_000, format: 'soon' }),
      'blocks[0].elements[0].elements[0].format: "soon", Slack takes a format with date tokens such as {date_short}',
    ],
    [
      line({ type: 'date', timestamp: 1_720_000_000, format: '{date_shrt}' }),
      'blocks[0].elements[0].elements[0].format: "{date_shrt}", Slack takes a format with date tokens such as {date_short}',
    ],
    [
      line({ type: 'date', timestamp: 1_720_000_000_000, format: '{date}' }),
      'blocks[0].elements[0].elements[0].timestamp: 1720000000000, Slack takes a whole number from 0 to 9999999999',
    ],
    [
      line({ type: 'date', timestamp: 1.5, format: '{date}' }),
      'blocks[0].elements[0].elements[0].timestamp: 1.5, Slack takes a whole number from 0 to 9999999999',
    ],
    [
      rich({ type: 'rich_text_list', elements: [{ type: 'text', text: 'a' }], style: 'dashed' }),
      'blocks[0].elements[0].elements[0].type: "text" is no list item that may stand here',
      'blocks[0].elements[0].style: "dashed", Slack takes bullet or ordered',
    ],
    [
      rich({
        type: 'rich_text_list',
        style: 'bullet',
        indent: 9,
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }],
      }),
      'blocks[0].elements[0].indent: 9, Slack takes a whole number from 0 to 8',
    ],
    [
      rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U1' }] }),
      'blocks[0].elements[0].elements[0].type: "user" is no preformatted element that may stand here',
    ],
    // message only
    [{ type: 'markdown', text: '' }, 'blocks[0].text: empty, Slack refuses it'],
    [{ type: 'table', rows: [] }, 'blocks[0].rows: 0 rows, Slack wants at least 1'],
    [
      { type: 'table', rows: times(101, () => [{ type: 'raw_text', text: 'a' }]) },
      'blocks[0].rows: 101 rows, Slack takes 100',
    ],
    [
      { type: 'table', rows: [times(21, () => ({ type: 'raw_text', text: 'a' }))] },
      'blocks[0].rows[0]: 21 cells, Slack takes 20',
    ],
    [
      { type: 'table', rows: [[plain('a')]] },
      'blocks[0].rows[0][0].type: "plain_text" is no table cell that may stand here',
    ],
    [{ type: 'table', rows: [[{ type: 'raw_text', text: '' }]] }, 'blocks[0].rows[0][0].text: empty, Slack refuses it'],
  ]
  it.each(cases.map(([block, ...violations]) => ({ violations, block })))('$violations.0', ({ block, violations }) => {
    expect(inMessage(block)).toEqual(violations)
  })

  it.each([
    [
      { type: 'alert', text: plain('a'), level: 'loud' },
      'blocks[0].level: "loud", Slack takes default or info or warning or error or success',
    ],
    [{ type: 'alert', text: plain('') }, 'blocks[0].text: empty, Slack refuses it'],
    [{ type: 'alert', text: plain(x(201)) }, 'blocks[0].text: 201 characters, Slack takes 200'],
    [
      input({ type: 'file_input', max_files: 11 }),
      'blocks[0].element.max_files: 11, Slack takes a whole number from 1 to 10',
    ],
    [
      input({ type: 'file_input' }, { dispatch_action: true }),
      'blocks[0].dispatch_action: does not go with file_input',
    ],
  ])('in a modal %#: %s', (block, violation) => {
    expect(inModal(block)).toEqual([violation])
  })
})

describe('a whole message', () => {
  const divider = { type: 'divider' }

  test.each([
    ['post', 40_000],
    ['update', 4_000],
    ['ephemeral', 40_000],
    ['response', 40_000],
  ] as const)('%s takes a text of %i', (kind, max) => {
    expect(checkMessage({ text: x(max) }, kind)).toEqual([])
    expect(checkMessage({ text: x(max + 1) }, kind)).toEqual([`text: ${max + 1} characters, Slack takes ${max}`])
  })

  test.each([{}, { text: undefined }, { blocks: [divider] }])('%j has no text to fall back on', (message) => {
    expect(checkMessage(message, 'post')).toEqual(['text: missing, every message carries a text for accessibility'])
  })

  test.each(['', ' \n'])('%j is no text', (text) => {
    expect(checkMessage({ text, blocks: [divider] }, 'update')).toEqual(['text: empty, Slack refuses it'])
  })

  it('takes 50 blocks', () => {
    expect(inMessage(...times(50, () => divider))).toEqual([])
    expect(inMessage(...times(51, () => divider))).toEqual(['blocks: 51 blocks, Slack takes 50'])
  })

  it('takes 13,000 characters of blocks', () => {
    const filled = (last: number) => [
      ...times(4, () => section({ text: plain(x(2900)) })),
      section({ text: plain(x(last)) }),
    ]
    const used = JSON.stringify(filled(0)).length
    expect(inMessage(...filled(13_000 - used))).toEqual([])
    expect(inMessage(...filled(13_001 - used))).toEqual(['blocks: 13001 characters of JSON, Slack takes 13000'])
  })

  it('takes a block_id once', () => {
    expect(inMessage(section({ block_id: 'a' }), section({ block_id: 'b' }), section())).toEqual([])
    expect(inMessage(section({ block_id: 'a' }), section({ block_id: 'a' }))).toEqual([
      'blocks[1].block_id: block_id "a" is also at blocks[0].block_id, Slack wants it once',
    ])
  })

  it('takes an action_id again in another block', () => {
    const one = button({ action_id: 'a' })
    expect(inMessage(actions(one), actions(one), section({ accessory: one }))).toEqual([])
  })

  it('takes one table', () => {
    const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }
    expect(inMessage(table, table)).toEqual(['blocks: 2 tables, Slack takes 1'])
  })

  it('counts what the cells of a table hold together', () => {
    const table = (length: number) => ({ type: 'table', rows: times(2, () => [{ type: 'raw_text', text: x(length) }]) })
    expect(inMessage(table(5000))).toEqual([])
    expect(inMessage(table(5001))).toEqual(['blocks: 10002 characters in table cells, Slack takes 10000'])
  })

  it('counts what markdown blocks hold together', () => {
    const markdown = { type: 'markdown', text: x(6001) }
    expect(inMessage(markdown)).toEqual([])
    expect(inMessage(markdown, markdown)).toEqual(['blocks: 12002 characters in markdown blocks, Slack takes 12000'])
  })

  it('names every violation, not the first', () => {
    const long = actions(button({ text: plain(x(80)), style: 'loud' }))
    expect(inMessage({ type: 'divider' }, { type: 'video' }, { type: 'header', text: plain('') }, long)).toEqual([
      'blocks[1].type: "video" is no block that may stand here',
      'blocks[2].text: empty, Slack refuses it',
      'blocks[3].elements[0].text: 80 characters, Slack takes 75',
      'blocks[3].elements[0].style: "loud", Slack takes primary or danger',
    ])
  })
})

describe('a whole view', () => {
  const name = (more: object = {}) => input({ type: 'plain_text_input', ...more })

  const fine: [string, unknown][] = [
    ['the least modal', { type: 'modal', title: plain('T'), blocks: [] }],
    [
      'a full modal',
      modal([name({ focus_on_load: true })], {
        title: plain(x(24)),
        submit: plain(x(24)),
        close: plain(x(24)),
        private_metadata: x(3000),
        callback_id: x(255),
        external_id: x(255),
        clear_on_close: true,
        notify_on_close: false,
      }),
    ],
    ['empty metadata', modal([], { private_metadata: '' })],
    ['100 blocks', modal(times(100, () => section()))],
    [
      'a home',
      home(
        times(100, () => section()),
        { callback_id: 'home', private_metadata: '{}' },
      ),
    ],
    ['a home that asks, without submit', home([name()])],
  ]
  it.each(fine)('takes %s', (_, view) => {
    expect(checkView(view)).toEqual([])
  })

  const bad: [unknown, ...string[]][] = [
    [undefined, 'must be an object, a kind of view'],
    [{ type: 'workflow_step', blocks: [] }, 'type: "workflow_step" is no view that may stand here'],
    [modal([], { title: undefined }), 'title: missing'],
    [modal([], { title: plain(x(25)) }), 'title: 25 characters, Slack takes 24'],
    [modal([], { title: mrkdwn('a') }), 'title: "mrkdwn" text, Slack takes plain_text'],
    [modal([], { title: plain('') }), 'title: empty, Slack refuses it'],
    [modal([], { submit: plain(x(25)) }), 'submit: 25 characters, Slack takes 24'],
    [modal([], { close: plain(x(25)) }), 'close: 25 characters, Slack takes 24'],
    [modal([name()], { submit: undefined }), 'submit: missing, Slack wants it with input blocks'],
    [modal([], { private_metadata: x(3001) }), 'private_metadata: 3001 characters, Slack takes 3000'],
    [modal([], { callback_id: x(256) }), 'callback_id: 256 characters, Slack takes 255'],
    [modal([], { external_id: x(256) }), 'external_id: 256 characters, Slack takes 255'],
    [modal([], { id: 'V1' }), 'id: no such field'],
    [modal([], { blocks: undefined }), 'blocks: missing'],
    [modal(times(101, () => section())), 'blocks: 101 blocks, Slack takes 100'],
    [
      modal([section({ block_id: 'a' }), section({ block_id: 'a' })]),
      'blocks[1].block_id: block_id "a" is also at blocks[0].block_id, Slack wants it once',
    ],
    [
      modal([name({ focus_on_load: true }), name({ focus_on_load: true })]),
      'blocks: 2 elements with focus_on_load, Slack takes 1',
    ],
    [modal([{ type: 'table', rows: [] }]), 'blocks[0]: table is not for a modal, only for a message'],
    [home([], { title: plain('T') }), 'title: no such field'],
    [home([{ type: 'alert', text: plain('a') }]), 'blocks[0]: alert is not for a home, only for a modal'],
    [
      modal(times(100, () => section({ text: plain('é'.repeat(1300)) }))),
      'view: 265917 bytes of JSON, Slack takes 250000',
    ],
  ]
  it.each(bad.map(([view, ...violations]) => ({ view, violations })))(
    'refuses $violations.0',
    ({ view, violations }) => {
      expect(checkView(view)).toEqual(violations)
    },
  )
})

describe('the options of a block_suggestion', () => {
  const group = { label: plain('G'), options: options(2) }
  const cases: [unknown, ...string[]][] = [
    [{ options: [] }],
    [{ options: options(100) }],
    [{ option_groups: [group] }],
    [undefined, 'must be an object'],
    [{}, 'nothing given, Slack takes one of options, option_groups'],
    [{ options: [], option_groups: [] }, 'options and option_groups given, Slack takes one of options, option_groups'],
    [{ options: options(101) }, 'options: 101 options, Slack takes 100'],
    [{ options: [option('a', x(76))] }, 'options[0].text: 76 characters, Slack takes 75'],
    [{ options: [option(x(76))] }, 'options[0].value: 76 characters, Slack takes 75'],
    [
      { options: [option('a'), option('a', 'B')] },
      'options[1].value: value "a" is also at options[0].value, Slack wants it once',
    ],
    [{ option_groups: [{ ...group, label: plain(x(76)) }] }, 'option_groups[0].label: 76 characters, Slack takes 75'],
    [{ options: [], more: true }, 'more: no such field'],
  ]
  it.each(cases.map(([answer, ...violations]) => ({ answer, violations })))('$violations', ({ answer, violations }) => {
    expect(checkOptions(answer)).toEqual(violations)
  })
})

describe('mentions that fire', () => {
  const cases: [string, { text?: string; blocks?: unknown[] }, string[]][] = [
    ['none', { text: 'ann@example.org <https://a.example|here> <!date^1^{date}|x>', blocks: [section()] }, []],
    ['broadcasts', { text: '<!channel> <!here|here> <!everyone>' }, ['<!channel>', '<!here>', '<!everyone>']],
    ['people and groups', { text: '<@U1> <@U2|ann> <!subteam^S1|@design>' }, ['<@U1>', '<@U2>', '<!subteam^S1>']],
    ['a channel', { text: 'in <#C1|general>' }, ['channel:C1']],
    [
      'nothing when escaped',
      { text: '&lt;!channel&gt; &lt;@U1&gt;', blocks: [section({ text: mrkdwn('&lt;!here&gt;') })] },
      [],
    ],
    [
      'nothing in plain text',
      { blocks: [{ type: 'header', text: plain('<!channel>') }, section({ text: plain('<@U1>') })] },
      [],
    ],
    [
      'section',
      { blocks: [section({ text: mrkdwn('<@U1>'), fields: [mrkdwn('<!here>'), plain('<!here>')] })] },
      ['<@U1>', '<!here>'],
    ],
    ['context', { blocks: [{ type: 'context', elements: [mrkdwn('<@U1>')] }] }, ['<@U1>']],
    ['markdown', { blocks: [{ type: 'markdown', text: '**<!channel>**' }] }, ['<!channel>']],
    [
      'rich text',
      {
        blocks: [
          line(
            { type: 'text', text: '<!channel>' },
            { type: 'user', user_id: 'U1' },
            { type: 'usergroup', usergroup_id: 'S1' },
            { type: 'channel', channel_id: 'C1' },
            { type: 'broadcast', range: 'everyone' },
          ),
        ],
      },
      ['<@U1>', '<!subteam^S1>', 'channel:C1', '<!everyone>'],
    ],
    [
      'deep in rich text',
      {
        blocks: [
          rich({
            type: 'rich_text_list',
            style: 'bullet',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U1' }] }],
          }),
        ],
      },
      ['<@U1>'],
    ],
    [
      'not what an input starts with',
      { blocks: [input({ type: 'rich_text_input', initial_value: line({ type: 'user', user_id: 'U1' }) })] },
      [],
    ],
    [
      'text first, as often as it stands there',
      { text: '<@U1>', blocks: [section({ text: mrkdwn('<@U1> <@U1>') })] },
      ['<@U1>', '<@U1>', '<@U1>'],
    ],
  ]
  it.each(cases)('%s', (_, message, mentions) => {
    expect(firedMentions(message)).toEqual(mentions)
  })
})

it('never throws, whatever it is given', () => {
  const types = [
    'section',
    'actions',
    'input',
    'rich_text',
    'static_select',
    'plain_text',
    'mrkdwn',
    'rich_text_section',
    'table',
    'button',
  ]
  const fields = [
    'type',
    'text',
    'elements',
    'element',
    'options',
    'option_groups',
    'initial_option',
    'fields',
    'accessory',
    'blocks',
    'rows',
    'block_id',
  ]
  const { any } = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { maxDepth: 6 },
      fc.constantFrom(...types, null, 0, 1.5, true, '', undefined),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...fields), tie('any'), { maxKeys: 5, noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(any, (value) => {
      const blocks = Array.isArray(value) ? value : [value]
      checkMessage({ text: 'a', blocks }, 'post')
      firedMentions({ blocks })
      checkView(value)
      checkView(modal(blocks))
      checkOptions(value)
    }),
    { numRuns: 500 },
  )
})
