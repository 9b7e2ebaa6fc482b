import type { Casting, Language, Voice } from '../terms.ts'
import { knows, type Preset } from './voices.ts'

/**
 * A voice for every character. Whom nobody cast gets a voice that is nobody's, by the character's name, so that it stays
 * the same from draft to draft; while there are enough, no two get the same. No voice that knows the language: none.
 */
export function castVoices(
  characters: Iterable<string>,
  cast: readonly Casting[],
  presets: readonly Preset[],
  language: Language,
): ReadonlyMap<string, Voice> {
  const voices = new Map(cast.map(({ character, voice }) => [character, voice]))
  const taken = new Set([...voices.values()].map(voice => JSON.stringify(voice)))
  const able = presets.filter(preset => knows(preset, language))
  for (const character of [...new Set(characters)].sort()) {
    if (voices.has(character) || able.length === 0) continue
    const first = hash(character) % able.length
    const choices = [...able.slice(first), ...able.slice(0, first)].map(
      ({ engine, preset }): Voice => ({ kind: 'nobody', engine, preset }),
    )
    const voice = choices.find(choice => !taken.has(JSON.stringify(choice))) ?? choices[0]
    if (!voice) continue
    voices.set(character, voice)
    taken.add(JSON.stringify(voice))
  }
  return voices
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0
  return value
}
