import { useEffect, useState } from 'preact/hooks'

const KEY = 'amends-demo-theme'

/** As the reader's system has it, until they choose. */
export function useTheme(): [isDark: boolean, toggle: () => void] {
  const [chosen, setChosen] = useState(() => localStorage.getItem(KEY))
  const [isSystemDark, setSystemDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches)
  useEffect(() => {
    const query = matchMedia('(prefers-color-scheme: dark)')
    const follow = () => setSystemDark(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [])
  const isDark = chosen ? chosen === 'dark' : isSystemDark
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
  const toggle = () => {
    const next = isDark ? 'light' : 'dark'
    localStorage.setItem(KEY, next)
    setChosen(next)
  }
  return [isDark, toggle]
}
