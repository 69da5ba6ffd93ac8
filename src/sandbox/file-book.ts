import { type Json, objectOf, objects, text } from './json.ts'
import type { SandboxFile } from './types.ts'

const MIME_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
}

/** What Slack shows in an image block. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif']

export const endingOf = (name: string): string => /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''

const typeOf = (name: string): string => MIME_TYPES[endingOf(name)] ?? 'application/octet-stream'

interface Upload {
  readonly name: string
  readonly length: number
  readonly user: string
  bytes: Buffer | null
}

/**
 * Files as Slack takes them: of the app an address to send one to, its bytes, then its completion; of people at once. Nothing
 * is shared by that.
 */
export class FileBook {
  private readonly uploads = new Map<string, Upload>()
  private readonly files = new Map<string, SandboxFile>()
  private readonly home: string
  private count = 0
  /** As long as Slack is busy looking at files, no message can show one. */
  isLooking = false

  /** `home`: Slack's address of the workspace, as in links. */
  constructor(home: string) {
    this.home = home.replace(/\/$/, '')
  }

  /** A file that a person has. */
  add(user: string, name: string, content: Buffer, about: Pick<SandboxFile, 'size' | 'withApp'> = {}): SandboxFile {
    const file = {
      id: this.nextId(),
      name,
      title: name,
      mimetype: typeOf(name),
      user,
      base64: content.toString('base64'),
    }
    const whole: SandboxFile = { ...file, ...about }
    this.files.set(whole.id, whole)
    return whole
  }

  private nextId(): string {
    this.count += 1
    return `F${this.count.toString(36).toUpperCase().padStart(10, '0')}`
  }

  /** Whoever is in the channel may see it from now on. */
  share(file: SandboxFile, channel: string): void {
    file.channels = [...new Set([...(file.channels ?? []), channel])]
  }

  /** Those whose address stands in what was posted. */
  linkedIn(posted: unknown): SandboxFile[] {
    const words = JSON.stringify(posted) ?? ''
    return this.all().filter((file) => !file.deleted && words.includes(this.permalink(file)))
  }

  private permalink({ id, user, name }: SandboxFile): string {
    return `${this.home}/files/${user}/${id}/${encodeURIComponent(name.toLowerCase())}`
  }

  all(): SandboxFile[] {
    return [...this.files.values()]
  }

  find(id: string): SandboxFile | undefined {
    return this.files.get(id)
  }

  restore(files: readonly SandboxFile[]): void {
    for (const file of files) {
      this.files.set(file.id, file)
      this.count = Math.max(this.count, Number.parseInt(file.id.slice(1), 36))
    }
  }

  begin(args: Json, user: string, url: string): Json {
    const [name, length] = [text(args.filename), Number(args.length)]
    if (name === '' || !Number.isInteger(length) || length <= 0) return { ok: false, error: 'invalid_arguments' }
    if (text(args.alt_txt).length > 1000) return { ok: false, error: 'alt_txt_too_large' }
    const id = this.nextId()
    this.uploads.set(id, { name, length, user, bytes: null })
    return { ok: true, upload_url: `${url}/upload/v1/${id}`, file_id: id }
  }

  /** False: nothing of that length was announced. */
  receive(id: string, bytes: Buffer): boolean {
    const upload = this.uploads.get(id)
    if (!upload || upload.length !== bytes.length) return false
    upload.bytes = bytes
    return true
  }

  complete(args: Json, user: string): Json {
    const asked = objects(args.files).map(({ id, title }) => ({ id: text(id), title: text(title) }))
    const given = asked.map(({ id }) => this.uploads.get(id))
    if (asked.length === 0) return { ok: false, error: 'invalid_arguments' }
    if (given.some((upload) => !upload?.bytes || upload.user !== user)) return { ok: false, error: 'file_not_found' }
    const files = asked.map(({ id, title }) => this.put(id, title))
    return { ok: true, files: files.map((file) => this.format(file)) }
  }

  private put(id: string, title: string): SandboxFile {
    const upload = this.uploads.get(id)
    if (!upload?.bytes) throw new Error(`Nothing was uploaded as ${id}`)
    const { name, user, bytes } = upload
    this.uploads.delete(id)
    const file = { id, name, title: title || name, mimetype: typeOf(name), user, base64: bytes.toString('base64') }
    this.files.set(id, file)
    return file
  }

  /** Slack does not know what a file is before it has looked at it. */
  format(file: SandboxFile): Json {
    if (file.deleted) return { id: file.id, mode: 'tombstone' }
    const { id, name, title, mimetype, user, base64, channels = [], size = Buffer.byteLength(base64, 'base64') } = file
    return {
      ...{ id, name, title, user, size, mimetype: this.isLooking ? '' : mimetype, channels: [...channels] },
      ...{ filetype: this.isLooking ? '' : endingOf(name), mode: 'hosted', file_access: 'visible', is_external: false },
      ...{ is_public: channels.length > 0, public_url_shared: false, permalink: this.permalink(file) },
    }
  }

  /** The picture that an image block names, where Slack is ready to show it. */
  shownBy(slackFile: unknown): SandboxFile | undefined {
    const { id, url } = objectOf(slackFile)
    const file = this.files.get(text(id)) ?? this.all().find((one) => this.permalink(one) === text(url))
    return file && !this.isLooking && !file.deleted && PICTURES.includes(file.mimetype) ? file : undefined
  }
}
