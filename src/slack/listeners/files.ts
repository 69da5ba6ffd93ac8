import type { WebClient } from '@slack/web-api'
import type { GivenFile } from '../../complaint/commands.ts'
import { type FilePayload, filePayload } from '../payloads.ts'

/** A form waits 3 s for its answer; a file that takes longer to look at does not hold up the rest. Milliseconds. */
const FOR_FILE = 1_000
/** What there is no more, or can't be seen any more by a workspace's plan. */
const GONE = ['tombstone', 'hidden_by_limit', 'files_disabled']

/** What Slack says of files: in the payload, or else when it is asked. */
export const lookAtFiles = (client: WebClient, files: readonly FilePayload[]): Promise<GivenFile[]> =>
  Promise.all(files.map(async (file) => given(file) ?? given((await ask(client, file.id)) ?? file) ?? unseen(file)))

const nameOf = ({ id, name, title }: FilePayload): string => name || title || id

const unseen = (file: FilePayload): GivenFile => ({ id: file.id, name: nameOf(file), about: null })

/** Null where this is not all that has to be known. */
function given(file: FilePayload): GivenFile | null {
  const { id, filetype, mimetype, size, permalink, mode } = file
  if (GONE.includes(mode ?? '')) return unseen(file)
  if (typeof size !== 'number' || !mimetype) return null
  const ending = (/\.([a-z0-9]{1,10})$/i.exec(nameOf(file))?.[1] ?? filetype ?? '').toLowerCase()
  return { id, name: nameOf(file), about: { ending, mimetype, size, permalink: permalink ?? null } }
}

async function ask(client: WebClient, file: string): Promise<FilePayload | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), FOR_FILE).unref())
  const asked = client.files
    .info({ file })
    .then((found) => filePayload.parse(found.file))
    .catch(() => null)
  return Promise.race([asked, late])
}
