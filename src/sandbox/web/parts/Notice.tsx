import { useDemo } from '../demo.ts'
import { Icon } from './Icon.tsx'

/** What went wrong here, until the next try or until it is put away. */
export function Notice({ where }: { where: string }) {
  const { noticeAt, note } = useDemo()
  const words = noticeAt(where)
  if (!words) return null
  return (
    <div class="notice" role="alert">
      <Icon name="warning" />
      <span>{words}</span>
      <button type="button" class="quiet" aria-label="Dismiss notice" onClick={() => note(where, null)}>
        <Icon name="close" />
      </button>
    </div>
  )
}
