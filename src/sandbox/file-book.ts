import { type Json, objects, text } from './json.ts'
import type { SandboxFile } from './types.ts'

const MIME_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
}

interface Upload {
  readonly name: string
  readonly length: number
  readonly user: string
  bytes: Buffer | null
}

/** Files as Slack takes them: an address to send one to, its bytes, then its completion. Nothing is shared by that. */
export class FileBook {
  private readonly uploads = new Map<string, Upload>()
  private readonly files = new Map<string, SandboxFile>()
  private count = 0
  /** As long as Slack is busy looking at files, no message can show one. */
  isLooking = false

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
    this.count += 1
    const id = `F${this.count.toString(36).toUpperCase().padStart(10, '0')}`
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
    const mimetype = MIME_TYPES[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'
    const file = { id, name, title: title || name, mimetype, user, base64: bytes.toString('base64') }
    this.files.set(id, file)
    return file
  }

  /** Slack does not know what a file is before it has looked at it. */
  private format({ id, name, title, mimetype, user, base64 }: SandboxFile): Json {
    const size = Buffer.byteLength(base64, 'base64')
    return { id, name, title, user, size, mimetype: this.isLooking ? '' : mimetype, channels: [] }
  }

  /** Whether `user` may show a file in a message by now. */
  shows(id: string, user: string): boolean {
    const file = this.files.get(id)
    return file !== undefined && file.user === user && !this.isLooking && file.mimetype.startsWith('image/')
  }
}
