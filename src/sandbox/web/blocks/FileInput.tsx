import { useState } from 'preact/hooks'
import { type Json, objects, text } from '../../json.ts'
import { upload } from '../api.ts'
import { useDemo } from '../demo.ts'
import { Icon } from '../parts/Icon.tsx'
import { type ElementProps, naming } from './Element.tsx'
import { useSurface } from './surface.ts'
import { held, holding } from './values.ts'

/** As Slack's own form takes them. Bytes. */
const LARGEST = 10 * 1024 * 1024

/** Files are handed over as they are chosen; the form goes with what Slack says of them. */
export function FileInput(props: ElementProps) {
  const { block, element } = props
  const { as } = useDemo()
  const surface = useSurface()
  const [trouble, setTrouble] = useState('')
  const [isBusy, setBusy] = useState(false)
  const files = objects(held(element, surface.valueOf(block, element)))
  const most = typeof element.max_files === 'number' ? element.max_files : 10
  const endings = Array.isArray(element.filetypes) ? element.filetypes.map((ending) => `.${String(ending)}`) : []
  const keep = (kept: Json[]) => surface.change(block, element, holding(element, kept), false)

  const add = async (input: HTMLInputElement) => {
    const given = [...(input.files ?? [])]
    input.value = ''
    const wrong = faultIn(given, { endings, room: most - files.length })
    setTrouble(wrong)
    if (wrong) return
    setBusy(true)
    try {
      keep([...files, ...(await Promise.all(given.map((file) => upload(file, { as, withApp: true }))))])
    } catch (cause) {
      setTrouble(cause instanceof Error ? cause.message : 'That did not work.')
    }
    setBusy(false)
  }

  return (
    <div class="files">
      <input
        {...naming(props)}
        type="file"
        multiple={most > 1}
        accept={endings.join(',')}
        aria-busy={isBusy}
        onChange={(event) => void add(event.currentTarget)}
      />
      {files.length > 0 && (
        <ul>
          {files.map((file) => (
            <li key={text(file.id)}>
              {text(file.name)}
              <button
                type="button"
                class="quiet"
                aria-label={`Remove ${text(file.name)}`}
                onClick={() => keep(files.filter((one) => one !== file))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {trouble && (
        <p class="error" role="alert">
          {trouble}
        </p>
      )}
    </div>
  )
}

/** What Slack's client says before it takes them; empty where they are fine. */
function faultIn(
  files: readonly File[],
  { endings, room }: { readonly endings: string[]; readonly room: number },
): string {
  if (files.length > room) return room > 0 ? `Only ${room} more can be added.` : 'No more can be added.'
  const odd = files.find(({ name }) => endings.length > 0 && !endings.some((one) => name.toLowerCase().endsWith(one)))
  if (odd) return `${odd.name}: this type of file can't be added here.`
  const large = files.find(({ size }) => size > LARGEST)
  return large ? `${large.name} is larger than 10 MB.` : ''
}
