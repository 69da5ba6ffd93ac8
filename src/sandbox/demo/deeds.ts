import type { Reply } from '../app-link.ts'
import { text } from '../json.ts'
import type { Target as Place } from '../payloads.ts'
import { type Person, person } from '../person.ts'
import type { SandboxSlack, SandboxView } from '../types.ts'
import { elementsOf, type Placed } from '../view-blocks.ts'
import type { Deed, Done, ElementState, Target, Values } from '../web/contract.ts'
import { PEOPLE, USERGROUPS } from './company.ts'
import type { Demo } from './demo.ts'

/** What a person did at the page is no longer possible: what it was done to has gone. */
export class Gone extends Error {}

const DONE: Done = { error: null }

/** Does what a person did at the page, through the same sandbox person that the tests use. */
export class Deeds {
  private readonly demo: Demo
  private readonly people: ReadonlyMap<string, Person>

  constructor(demo: Demo) {
    this.demo = demo
    this.people = new Map(PEOPLE.map(({ id }) => [id, person(demo.slack, demo.connection, id)]))
  }

  /** @throws Gone where that is no longer there. */
  async carryOut(deed: Deed): Promise<Done> {
    const { slack } = this.demo
    const who = this.people.get(deed.as)
    if (!who) throw new Gone('There is nobody of that id.')
    switch (deed.do) {
      case 'say': {
        const words = asTyped(deed.text)
        const archived = (await slack.channels()).some(({ id, isArchived }) => id === deed.channel && isArchived)
        if (archived) throw new Gone('This channel is archived.')
        const files = (deed.files ?? []).filter((id) => slack.files.find(id))
        if (words.trim() !== '' || files.length > 0)
          await who.say(deed.channel.startsWith('D') ? slack.botUser : deed.channel, words, deed.thread, files)
        return DONE
      }
      case 'command': {
        const [name = ''] = deed.text.trim().split(/\s/)
        const { error } = await who.command(deed.text.trim(), { channel: deed.channel })
        return error ? { error: `${name} failed with the error "${error}"` } : DONE
      }
      case 'global-shortcut':
        return said(await who.globalShortcut(deed.id))
      case 'message-shortcut': {
        if (!slack.messages(deed.channel).some(({ ts }) => ts === deed.ts)) throw new Gone(GONE)
        return said(await who.messageShortcut(deed.id, deed.channel, deed.ts))
      }
      case 'act': {
        const place = this.placeOf(who, deed.target)
        if (deed.values && isView(place)) this.hold(who, place, deed.values)
        return said(await who.use(place, blockIn(place, deed), deed.action, deed.state))
      }
      case 'suggest': {
        const place = this.placeOf(who, deed.target)
        return { error: null, options: await who.suggest(place, blockIn(place, deed), deed.typed) }
      }
      case 'submit': {
        const modal = this.top(who, deed.view)
        modal.hold(deed.values)
        const { outcome, error } = await modal.submit()
        if (outcome === 'failed') return { error: error === undefined ? TROUBLE : troubleOf(error) }
        const refused = outcome === 'errors' || outcome === 'incomplete'
        return refused ? { error: null, errors: modal.blockErrors } : DONE
      }
      case 'close': {
        await this.top(who, deed.view).close()
        return DONE
      }
      case 'delete-file': {
        const file = slack.files.find(deed.file)
        if (!file || file.deleted || file.user !== who.id) throw new Gone(GONE)
        return said(await who.deleteFile(file.id))
      }
      case 'open-home':
        return said(await who.openHome())
      case 'dismiss': {
        const seen = slack.ephemerals.findIndex(
          ({ channel, ts, user }) => channel === deed.channel && ts === deed.ts && user === who.id,
        )
        if (seen >= 0) slack.ephemerals.splice(seen, 1)
        return DONE
      }
      case 'archive':
      case 'unarchive':
      case 'add-app':
      case 'remove-app':
        await this.change(deed.do, deed.channel)
        return DONE
    }
  }

  /** What the people of a workspace do with a channel, with the app in it or not. */
  private async change(how: 'archive' | 'unarchive' | 'add-app' | 'remove-app', channel: string): Promise<void> {
    const { slack } = this.demo
    const there = (await slack.channels()).find(({ id }) => id === channel)
    if (!there) throw new Gone(GONE)
    const isIn = there.members.includes(slack.botUser)
    if (how === 'archive' && !there.isArchived) await slack.archive(channel)
    if (how === 'unarchive' && there.isArchived) await slack.unarchive(channel)
    if (how === 'add-app' && !isIn && !there.isArchived) await slack.invite(channel, slack.botUser)
    if (how === 'remove-app' && isIn && !there.isArchived) await slack.kick(channel, slack.botUser)
  }

  private placeOf(who: Person, target: Target): Place {
    const found = find(this.demo.slack, who, target)
    if (!found) throw new Gone(GONE)
    return found
  }

  private hold(who: Person, view: SandboxView, values: Values): void {
    if (who.slack.openViews(who.id).at(-1) === view) who.modal().hold(values)
  }

  private top(who: Person, view: string) {
    const open = this.demo.slack.openViews(who.id).at(-1)
    if (open?.id !== view) throw new Gone('This form is no longer open.')
    return who.modal()
  }
}

const GONE = 'This is no longer there.'
const TROUBLE = 'We had some trouble connecting. Try again?'
const isView = (place: Place): place is SandboxView => 'root_view_id' in place

/**
 * The block that this stands in by now: what was edited or published since the page drew it has new block_ids, and its buttons
 * are there all the same.
 */
function blockIn({ blocks }: Place, { block, action, state }: Pressed): string {
  const placed = elementsOf(blocks).filter(({ element }) => element.action_id === action)
  const isSame = ({ element }: Placed) =>
    element.value === undefined ? placed.length === 1 : element.value === state?.value
  const found = placed.find((one) => one.block.block_id === block) ?? placed.find(isSame)
  if (!found) throw new Gone(GONE)
  return text(found.block.block_id)
}

interface Pressed {
  readonly block: string
  readonly action: string
  readonly state?: ElementState
}

function find(slack: SandboxSlack, who: Person, target: Target): Place | undefined {
  switch (target.in) {
    case 'message':
      return slack.messages(target.channel).find(({ ts }) => ts === target.ts)
    case 'ephemeral':
      return who.ephemerals().find(({ ts, channel }) => ts === target.ts && channel === target.channel)
    case 'view':
      return slack.openViews(who.id).find(({ id }) => id === target.view)
    case 'home':
      return who.home()
  }
}

/** What Slack tells the person. */
const said = (reply: Reply | undefined): Done => (reply?.error ? { error: troubleOf(reply.error) } : DONE)

const troubleOf = (error: string): string =>
  error === 'operation_timeout' ? 'Amends didn’t respond in time.' : 'Amends can’t be reached at the moment.'

/** Typed words as Slack keeps them: escaped, and names after @ turned into mentions. */
function asTyped(words: string): string {
  const mentions = new Map<string, string>([
    ...PEOPLE.map(({ id, name }): [string, string] => [name, `<@${id}>`]),
    ...USERGROUPS.map(({ id, handle }): [string, string] => [handle, `<!subteam^${id}>`]),
  ])
  return words
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(?<![\w@])@([a-z]+)\b/gi, (typed, name: string) => mentions.get(name.toLowerCase()) ?? typed)
    .replace(/https?:\/\/[^\s|]+/g, (url) => `<${url}>`)
}
