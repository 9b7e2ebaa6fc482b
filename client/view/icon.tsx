const shapes = {
  help: 'M9.2 9a3 3 0 1 1 4.3 2.7c-.9.5-1.5 1-1.5 2.1M12 17.2v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Z',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4',
  moon: 'M20 14.2A8.2 8.2 0 0 1 9.8 4a8.2 8.2 0 1 0 10.2 10.2Z',
  half: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 3v18M12 7l6.5-3M12 12h9M12 17l6.5 2.5',
  play: 'M8 5.5v13l10.5-6.5L8 5.5Z',
  pause: 'M8.5 5.5v13M15.5 5.5v13',
  back: 'M14.5 6 8.5 12l6 6',
  on: 'M9.5 6l6 6-6 6',
  list: 'M4 6.5h16M4 12h16M4 17.5h16',
  line: 'M4 6v12M20 6v12M9 9l6 3-6 3V9Z',
  voice: 'M12 15a3 3 0 0 0 3-3V6a3 3 0 1 0-6 0v6a3 3 0 0 0 3 3ZM6 11.5a6 6 0 0 0 12 0M12 17.5V21',
  zoomIn: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.3 15.3 20 20M10.5 8v5M8 10.5h5',
  zoomOut: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.3 15.3 20 20M8 10.5h5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  close: 'M6 6l12 12M18 6 6 18',
  file: 'M7 3.5h7l4 4v13H7v-17ZM14 3.5v4h4',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14',
  add: 'M12 5v14M5 12h14',
  comment: 'M4.5 5h15v11h-9l-4 3.5V16h-2V5Z',
  mouth: 'M3.5 12c3-4.5 5.5-5 8.5-3.6 3-1.4 5.5-.9 8.5 3.6-3 4.5-5.5 6-8.5 6s-5.5-1.5-8.5-6ZM3.5 12h17',
  face: 'M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c.6-4 3.6-6 7.5-6s6.9 2 7.5 6',
  lock: 'M6 10.5h12v10H6v-10ZM8.5 10.5V7.5a3.5 3.5 0 0 1 7 0v3M12 14.5v2.5',
  full: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
} as const
export type IconName = keyof typeof shapes

/** A sign beside a word, or inside a button that has a name: never read aloud. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="sign" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d={shapes[name]}
        fill={name === 'play' ? 'currentColor' : 'none'}
        stroke="currentColor"
        stroke-width="1.8"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}
