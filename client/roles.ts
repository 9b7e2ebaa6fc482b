import type { Role } from './state.ts'

/** What a file is, as far as its name says. Music and effects are sound like any other: their name has to say so. */
export function roleOf(name: string): Role {
  const lower = name.toLowerCase()
  const [, ending = ''] = /\.([a-z0-9]+)$/.exec(lower) ?? []
  if (['txt', 'md', 'fountain'].includes(ending)) return 'script'
  if (['srt', 'vtt', 'ass', 'ssa'].includes(ending)) return 'subtitles'
  const sound = ['wav', 'flac', 'opus', 'ogg', 'm4a', 'mp3', 'aac'].includes(ending)
  return sound && /(^|[^a-z])(me|m&e|m_e|music|effects|stem)([^a-z]|$)/.test(lower) ? 'me' : 'media'
}
