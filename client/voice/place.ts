/** Where on the page `/voice` somebody is, and how that is written after the `#`. */
export type VoicePlace =
  | { readonly at: 'asked'; readonly id?: string }
  | { readonly at: 'mine'; readonly id?: string }
  | { readonly at: 'uses' }
  | { readonly at: 'recordings' }
  | { readonly at: 'people' }
  | { readonly at: 'me' }
  | { readonly at: 'setup'; readonly token: string }

const plain = ['uses', 'recordings', 'people', 'me'] as const

/** What nobody wrote leads to what is asked: there is nothing else to get lost in. */
export function readVoicePlace(hash: string): VoicePlace {
  const [at = '', id, ...rest] = hash.replace(/^#?\/?/, '').split('/')
  if (rest.length > 0) return { at: 'asked' }
  if (at === 'setup' && id) return { at, token: id }
  if (at === 'asked' || at === 'mine') return id ? { at, id } : { at }
  return { at: plain.find(one => one === at) ?? 'asked' }
}

export function writeVoicePlace(place: VoicePlace): string {
  if (place.at === 'setup') return `#/setup/${place.token}`
  const id = 'id' in place && place.id ? `/${place.id}` : ''
  return place.at === 'asked' && id === '' ? '#/' : `#/${place.at}${id}`
}
