/** Where in the page somebody is, and how that is written after the `#` of the address. */
export type Place =
  | { readonly at: 'series' }
  | { readonly at: 'one-series'; readonly series: string }
  | { readonly at: 'ingest'; readonly series: string }
  | { readonly at: 'episode'; readonly episode: string; readonly language?: string; readonly line?: string }
  | { readonly at: 'engines' }
  | { readonly at: 'consents' }
  | { readonly at: 'ask'; readonly series: string; readonly actor?: string }
  | { readonly at: 'withheld'; readonly series: string }
  | { readonly at: 'people' }
  | { readonly at: 'setup'; readonly token: string }
  | { readonly at: 'nowhere' }

/** Reads the part of an address after `#`. What nobody wrote is nowhere. */
export function readPlace(hash: string): Place {
  const [at = '', id, more, line, ...rest] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(plain)
  if (rest.length > 0) return { at: 'nowhere' }
  if (at === '') return { at: 'series' }
  if (at === 'series' && id !== undefined && more === undefined) return { at: 'one-series', series: id }
  if (at === 'series' && id !== undefined && more === 'ingest') return { at: 'ingest', series: id }
  if (at === 'series' && id !== undefined && more === 'ask') return { at: 'ask', series: id, actor: line }
  if (at === 'series' && id !== undefined && more === 'withheld' && line === undefined)
    return { at: 'withheld', series: id }
  if (at === 'episodes' && id !== undefined) return { at: 'episode', episode: id, language: more, line }
  if (at === 'setup' && id !== undefined) return { at: 'setup', token: id }
  if ((at === 'engines' || at === 'people' || at === 'consents') && id === undefined) return { at }
  return { at: 'nowhere' }
}

export function writePlace(place: Place): string {
  switch (place.at) {
    case 'one-series':
      return write('series', place.series)
    case 'ingest':
      return write('series', place.series, 'ingest')
    case 'ask':
      return write('series', place.series, 'ask', place.actor)
    case 'withheld':
      return write('series', place.series, 'withheld')
    case 'episode':
      return write('episodes', place.episode, place.language, place.language && place.line)
    case 'setup':
      return write('setup', place.token)
    case 'engines':
    case 'people':
    case 'consents':
      return write(place.at)
    default:
      return '#/'
  }
}

const write = (...parts: readonly (string | undefined)[]) =>
  `#/${parts
    .filter(part => part !== undefined)
    .map(encodeURIComponent)
    .join('/')}`

function plain(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
