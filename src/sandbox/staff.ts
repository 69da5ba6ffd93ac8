import { isJson, text } from './json.ts'
import type { Room } from './methods.ts'
import type { SandboxSlack } from './types.ts'
import { BOT_USER } from './workspace.ts'

type Staff = Pick<
  SandboxSlack,
  | 'invite'
  | 'kick'
  | 'archive'
  | 'unarchive'
  | 'createChannel'
  | 'removeUser'
  | 'deleteMessage'
  | 'setDoNotDisturb'
  | 'setAbout'
  | 'removeUsergroup'
  | 'say'
  | 'upload'
  | 'fileFacts'
  | 'deleteFile'
>

/** What people do in the workspace without the app: talk, come and go, archive. */
export function staffOf(room: Room, changed: () => void): Staff {
  const { workspace, book, files } = room
  const mustHave = (id: string) => {
    const found = files.find(id)
    if (!found) throw new Error(`There is no file ${id}`)
    return found
  }
  const id = (channel: string) => (channel.startsWith('D') ? channel : workspace.channelId(channel))
  /** It is fine when they were not there, or when the channel is archived. */
  const leave = (channel: string, user: string) => workspace.asStaff('conversations.kick', { channel, user })

  return {
    async invite(channel, user) {
      await workspace.mustAsStaff('conversations.invite', { channel: id(channel), users: workspace.userId(user) })
    },
    async kick(channel, user) {
      // Where the app made the channel, nobody else may be there who could put it out.
      if (workspace.userId(user) === BOT_USER) await workspace.asBot('conversations.leave', { channel: id(channel) })
      else await workspace.mustAsStaff('conversations.kick', { channel: id(channel), user: workspace.userId(user) })
    },
    async archive(channel) {
      // Slack puts bots out of a channel that is archived (elastic/connectors#1972); unarchiving does not bring them back.
      await leave(id(channel), BOT_USER)
      await workspace.mustAsStaff('conversations.archive', { channel: id(channel) })
    },
    async unarchive(channel) {
      await workspace.mustAsStaff('conversations.unarchive', { channel: id(channel) })
    },
    async createChannel(name, { isPrivate = false } = {}) {
      await workspace.mustAsStaff('conversations.create', { name, is_private: isPrivate })
      await workspace.look()
      return workspace.channelId(name)
    },
    async removeUser(user) {
      const gone = workspace.userId(user)
      room.removed.add(gone)
      for (const channel of workspace.channels.keys()) await leave(channel, gone)
    },
    async deleteMessage(channel, ts) {
      const message = book.find(id(channel), ts)
      if (!message) throw new Error(`There is no message ${ts} in ${channel}`)
      book.remove(id(channel), ts)
      changed()
    },
    setAbout(user, about) {
      room.about.set(workspace.userId(user), about)
    },
    removeUsergroup(group) {
      room.usergroups = room.usergroups.filter(({ id }) => id !== group)
    },
    setDoNotDisturb(user, info) {
      room.doNotDisturb.set(workspace.userId(user), info)
    },
    upload(user, name, { content = Buffer.from(name), ...about } = {}) {
      return files.add(workspace.userId(user), name, content, about)
    },
    fileFacts: (id) => files.format(mustHave(id)),
    deleteFile(id) {
      mustHave(id).deleted = true
      book.bury(id)
      changed()
    },
    async say(user, channel, words, threadTs, shared = []) {
      const from = workspace.userId(user)
      const to = workspace.users.has(channel) ? channel : id(channel)
      // emulate takes no message without words, as with a file alone.
      const args = { channel: to, text: words || ' ', ...(threadTs ? { thread_ts: threadTs } : {}) }
      const posted = await workspace.asPerson(from, 'chat.postMessage', args)
      if (posted.ok !== true || !isJson(posted.message)) throw new Error(`chat.postMessage: ${text(posted.error)}`)
      const where = text(posted.channel)
      if (to === BOT_USER) book.directChannels.set(from, where)
      const ts = room.stamps.next()
      for (const id of shared) files.share(mustHave(id), where)
      const withFiles =
        shared.length > 0 ? { subtype: 'file_share', files: shared.map((id) => files.format(mustHave(id))) } : {}
      book.add(where, { ...posted.message, text: words, ts, user: from, ...withFiles })
      changed()
      return ts
    },
  }
}
