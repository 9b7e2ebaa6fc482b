import { wordsOf } from '../../consent/index.ts'
import type { AskedLine } from '../store/consents.ts'
import type { Known } from '../view.ts'

type Wanted = {
  readonly episodes: readonly string[]
  readonly languages: readonly string[]
  readonly characters: readonly string[]
}

/** The lines that these terms are about, as they stand now, word for word as the door will ask; and how long they take to say. */
export function askedLines(
  known: readonly Known[],
  title: string,
  { episodes, languages, characters }: Wanted,
): { readonly lines: readonly AskedLine[]; readonly milliseconds: number } {
  const found = known.flatMap(({ episode, draft }) =>
    (draft.versions ?? []).flatMap(({ fitted }) =>
      fitted.lines.flatMap(line => {
        const [character, language] = [line.speaker ?? '', fitted.language]
        const asked =
          episodes.includes(episode.number) &&
          languages.includes(language) &&
          characters.includes(character) &&
          line.phrases.length > 0
        if (!asked) return []
        const text = line.phrases.map(phrase => phrase.text).join('\n')
        const place = { episode: episode.number, language, character, line: line.id, text }
        return [{ line: { ...place, digest: wordsOf({ title, ...place }) }, speaking: line.speaking }]
      }),
    ),
  )
  return {
    lines: found.map(({ line }) => line),
    milliseconds: Math.round(found.reduce((sum, { speaking }) => sum + speaking, 0)),
  }
}
