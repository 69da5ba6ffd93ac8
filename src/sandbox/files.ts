import { randomBytes } from 'node:crypto'
import { type Json, objectOf, text } from './json.ts'
import type { SandboxFile } from './types.ts'

const KINDS: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
}

/** What Slack shows in an image block. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif']

export const endingOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''

/** The files of the workspace. Ours and not emulate's, which knows neither a form's files nor who may see them. */
export class FileBook {
  private readonly files = new Map<string, SandboxFile>()
  private readonly home: string
  private readonly now: () => number

  constructor(home: string, now: () => number) {
    this.home = home.replace(/\/$/, '')
    this.now = now
  }

  /** `withApp`: it was added in a form of the app's, which may see it from then on. */
  add(user: string, name: string, content: Buffer, { withApp = false, size = content.length } = {}): SandboxFile {
    const ending = endingOf(name)
    const file: SandboxFile = {
      id: `F${randomBytes(5).toString('hex').toUpperCase()}`,
      ...{ name, user, withApp, size, channels: [], deleted: false },
      mimetype: KINDS[ending] ?? 'application/octet-stream',
      filetype: ending === 'jpeg' ? 'jpg' : ending || 'binary',
      content: content.toString('base64'),
      created: Math.floor(this.now() / 1000),
    }
    this.files.set(file.id, file)
    return file
  }

  restore(files: readonly SandboxFile[]): void {
    for (const file of structuredClone(files)) this.files.set(file.id, file)
  }

  everything(): SandboxFile[] {
    return [...this.files.values()]
  }

  find(id: string): SandboxFile | undefined {
    return this.files.get(id)
  }

  /** Whoever is in the channel may see it from now on. */
  share(file: SandboxFile, channel: string): void {
    if (!file.channels.includes(channel)) file.channels.push(channel)
  }

  /** Those whose address stands in what was posted. */
  linkedIn(posted: unknown): SandboxFile[] {
    const words = JSON.stringify(posted) ?? ''
    return this.everything().filter((file) => !file.deleted && words.includes(this.permalink(file)))
  }

  /** Of a picture: what an image block names it by. */
  shownBy(slackFile: unknown): SandboxFile | undefined {
    const { id, url } = objectOf(slackFile)
    const found = this.find(text(id)) ?? this.everything().find((file) => this.permalink(file) === text(url))
    return found && !found.deleted && PICTURES.includes(found.mimetype) ? found : undefined
  }

  private permalink({ id, user, name }: SandboxFile): string {
    return `${this.home}/files/${user}/${id}/${encodeURIComponent(name.toLowerCase())}`
  }

  /** As Slack's payloads and answers speak of it. */
  format(file: SandboxFile): Json {
    if (file.deleted) return { id: file.id, mode: 'tombstone' }
    const { id, name, mimetype, filetype, size, user, created, channels } = file
    const raw = `https://files.slack.com/files-pri/T000000001-${id}/${encodeURIComponent(name)}`
    return {
      ...{ id, created, timestamp: created, name, title: name, mimetype, filetype, size, user },
      ...{ pretty_type: filetype.toUpperCase(), mode: 'hosted', file_access: 'visible', is_external: false },
      ...{ is_public: channels.length > 0, public_url_shared: false, channels: [...channels] },
      ...{ url_private: raw, permalink: this.permalink(file) },
    }
  }
}
