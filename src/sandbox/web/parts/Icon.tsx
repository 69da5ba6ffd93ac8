/** Our own few signs, drawn with lines; never the only name of anything. */
const PATHS = {
  bolt: 'M9 1 3 9h4l-1 6 6-8H8z',
  close: 'M3.5 3.5l9 9m0-9l-9 9',
  dots: 'M8 3.2v.1M8 8v.1M8 12.8v.1',
  clip: 'M13 7.2 7.6 12.6a3 3 0 0 1-4.2-4.2l6-6a2 2 0 0 1 2.8 2.8l-5.7 5.8a1 1 0 0 1-1.4-1.4L10 4.7',
  reply: 'M2 3h12v8H8l-3.5 3V11H2z',
  menu: 'M2 4h12M2 8h12M2 12h12',
  send: 'M2 2.5l12 5.5-12 5.5 2-5.5zM4 8h5',
  moon: 'M13 9.8A5.6 5.6 0 0 1 6.2 3 5.6 5.6 0 1 0 13 9.8z',
  pulse: 'M1 8h3l2-5 4 10 2-5h3',
  warning: 'M8 2l6.5 11.5h-13zM8 6.5v3.2M8 11.6v.1',
  eye: 'M1 8s2.6-4.5 7-4.5S15 8 15 8s-2.6 4.5-7 4.5S1 8 1 8zM8 6.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6z',
  clock: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 4.5V8l2.5 1.5',
} as const

export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
