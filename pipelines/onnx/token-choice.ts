import { logSoftmax, type WhisperTokens } from './whisper-rules.ts'

/** The language that is wanted, where the model knows it, else the likeliest. */
export function languageOf(scores: Float32Array, { languages }: WhisperTokens, wanted?: string): string {
  const base = wanted?.split('-')[0]
  if (base !== undefined && Object.hasOwn(languages, base)) return base
  const ranked = Object.entries(languages).sort(([, a], [, b]) => (scores[b] ?? 0) - (scores[a] ?? 0))
  return ranked[0]?.[0] ?? base ?? 'en'
}

export function likeliest(scores: Float32Array): number {
  let best = 0
  for (let token = 1; token < scores.length; token++)
    if ((scores[token] ?? 0) > (scores[best] ?? 0)) best = token
  return best
}

/** Draws by chance, but always the same chance: the same sound gives the same words again. */
export function drawn(scores: Float32Array, temperature: number, dice: () => number): number {
  const weights = logSoftmax(scores.map(score => score / temperature))
  let left = dice()
  for (let token = 0; token < weights.length; token++) {
    left -= Math.exp(weights[token] ?? Number.NEGATIVE_INFINITY)
    if (left <= 0) return token
  }
  return likeliest(scores)
}

/** Marsaglia's xorshift, 32 bits. */
export function lot(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 0x1_0000_0000
  }
}
