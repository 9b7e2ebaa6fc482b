/**
 * The words of consent. Nothing in them is ever a pattern or a wildcard: a name is compared letter by letter.
 */

/** Milliseconds since 1970, as Date.now() gives them. */
export type Instant = number
export const hour = 3_600_000
export const day = 24 * hour

/** What may be done with a person's voice, and how it is put to them. Each is granted by itself and none implies another. */
export const deeds = {
  speak: { en: 'speak a draft of the lines', ja: 'セリフの下書き音声を作る' },
  mix: { en: 'mix the lines with music and effects', ja: 'セリフを音楽・効果音とミックスする' },
  hear: { en: 'play a preview within the production', ja: '制作内で試聴する' },
  deliver: { en: 'release to the audience', ja: '視聴者に公開する' },
  replicate: { en: 'make a replica of the voice', ja: '声の複製を作る' },
  review: { en: 'have reviewers judge the lines', ja: '監修者が確認する' },
  promote: { en: 'use in promotion', ja: '宣伝に使う' },
  train: { en: 'train or fine-tune a model', ja: 'モデルの学習に使う' },
  'perform-live': { en: 'speak in real time', ja: 'リアルタイムで話す' },
  'cross-language': { en: 'speak a language the actor does not', ja: '本人が話さない言語で話す' },
  convert: { en: 'lay the voice over another’s performance', ja: '他の演者の演技に声を重ねる' },
  sing: { en: 'sing', ja: '歌う' },
  share: { en: 'hand the replica to others', ja: '複製を第三者に渡す' },
} as const
export type Act = keyof typeof deeds
export const acts = Object.keys(deeds) as readonly Act[]

/** Acts that make new sound: they end with the making, and are counted against the limits. */
export const makings: ReadonlySet<Act> = new Set([
  'speak',
  'replicate',
  'train',
  'perform-live',
  'cross-language',
  'convert',
  'sing',
])
/** Acts by which sound leaves the house: they must say where it goes and by what medium. */
export const leavings: ReadonlySet<Act> = new Set(['deliver', 'promote', 'share'])

export const alterations = {
  pitch: { en: 'pitch', ja: '音高' },
  age: { en: 'apparent age', ja: '年齢感' },
  gender: { en: 'apparent gender', ja: '性別感' },
} as const
export type Alteration = keyof typeof alterations

export const contents = {
  sexual: { en: 'sexual content', ja: '性的な内容' },
  political: { en: 'political content', ja: '政治的な内容' },
  religious: { en: 'religious content', ja: '宗教的な内容' },
  slur: { en: 'slurs', ja: '差別的な表現' },
  endorsement: { en: 'endorsement of goods', ja: '商品・サービスの推奨' },
  violence: { en: 'graphic violence', ja: '残虐な表現' },
} as const
export type Content = keyof typeof contents

/** Where and how a use happens: all of a scene's lines share it. Empty lists: it stays in the house, plain and unaltered. */
export type Setting = {
  readonly act: Act
  readonly title: string
  readonly episode: string
  readonly language: string
  readonly character: string
  readonly territories: readonly string[]
  readonly media: readonly string[]
  readonly alterations: readonly Alteration[]
  readonly content: readonly Content[]
}

/** One act on one line: exactly these words, in this language, by this character of this episode. */
export type Use = Setting & { readonly line: string; readonly text: string }

/** May this person's voice be used so? */
export type Ask = Use & { readonly actor: string }

/** The same of any line at all: what a page may foretell, never what a key is given for. */
export type Prospect = Setting & { readonly actor: string; readonly line?: never; readonly text?: never }

/** Why not. The closed list: which term it is about, and the sentence for people. */
const reasons = {
  'no-ledger': ['register', 'The register of consents does not answer.'],
  'no-clock': ['clock', 'The clock cannot be trusted.'],
  'unknown-actor': ['actor', 'No such person is enrolled.'],
  'refused-by-actor': ['refusal', 'The actor has said no to this.'],
  'refused-by-holder': ['refusal', 'The holder of the rights to the title has said no to this.'],
  died: ['estate', 'The actor has died, and nobody with a mandate speaks for the estate.'],
  suspended: ['suspension', 'The actor has paused this.'],
  'paused-by-union': ['suspension', 'The actor’s union has paused this.'],
  'no-consent': ['grant', 'The actor has not said yes.'],
  'no-licence': ['licence', 'The holder of the rights to the title has not said yes.'],
  'other-act': ['acts', 'There is a yes, but to other uses.'],
  'other-title': ['title', 'There is a yes, but to another title.'],
  'other-episode': ['episodes', 'There is a yes, but to other episodes.'],
  'other-language': ['languages', 'There is a yes, but to other languages.'],
  'other-character': ['characters', 'There is a yes, but to other characters.'],
  'no-territory': ['territories', 'It was not said where this is to be released.'],
  'other-territory': ['territories', 'There is a yes, but to other territories.'],
  'no-medium': ['media', 'It was not said in which medium this is to be released.'],
  'other-medium': ['media', 'There is a yes, but to other media.'],
  altered: ['alterations', 'There is a yes, but not to altering the voice so.'],
  banned: ['banned', 'There is a yes, but not to content of this kind.'],
  'changed-words': ['words', 'There is a yes, but to other words: changed lines are asked for anew.'],
  withdrawn: ['withdrawal', 'There was a yes, but it was withdrawn.'],
  'not-yet': ['term', 'There is a yes, but it does not hold yet.'],
  expired: ['term', 'There was a yes, but its time is over.'],
  'making-over': ['term', 'There is a yes, but the time for making new lines is over.'],
  'no-notice': ['notice', 'The actor was told too lately, and has not waived the notice.'],
  'no-mandate': ['mandate', 'Whoever said yes for the actor has no mandate for it now.'],
  'no-guardian': ['guardian', 'The actor is a minor, and the guardian has not said yes.'],
  'came-of-age': ['guardian', 'The actor has come of age since, and is to be asked anew.'],
  'too-many-lines': ['limits', 'There is a yes, but its number of lines is used up.'],
  'too-many-seconds': ['limits', 'There is a yes, but its length of speech is used up.'],
  disagreement: ['register', 'Two readings of the consents disagree; nobody speaks until that is settled.'],
  stale: ['permit', 'The grant is too old; ask again.'],
  spent: ['permit', 'The grant was used already; ask again.'],
  unopened: ['permit', 'The grant was not opened; nothing can be committed with it.'],
  'another-use': ['permit', 'The grant was given for something else.'],
  'epoch-moved': ['permit', 'The consents have changed since the grant was given; ask again.'],
} as const satisfies Record<string, readonly [term: string, sentence: string]>

export type RefusalName = keyof typeof reasons
export type Refusal = { readonly refused: RefusalName }

export const refusals = Object.fromEntries(
  Object.entries(reasons).map(([name, [, sentence]]) => [name, sentence]),
) as { readonly [name in RefusalName]: (typeof reasons)[name][1] }

/** The refusal's code, the term that refused and the sentence for people. */
export const explain = ({ refused }: Refusal) => ({
  code: refused,
  term: reasons[refused][0],
  sentence: reasons[refused][1],
})

/** True of a refusal; everything else that a gate gives is a key. */
export const isRefusal = (answer: object): answer is Refusal => Object.hasOwn(answer, 'refused')
