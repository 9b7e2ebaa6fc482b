import type { Line, Span, Utterance, Word } from '../../pipelines/terms.ts'

/** `'Wait 0-400 for 400-600'` as words with their times. */
export function words(text: string): Word[] {
  return [...text.matchAll(/(\S+) (\d+)-(\d+)/g)].map(([, word = '', start, end]) => ({
    text: word,
    start: Number(start),
    end: Number(end),
  }))
}

export function utterance(text: string, span: Span, more: Partial<Utterance> = {}): Utterance {
  return { ...span, text, words: [], kind: 'dialogue', trust: 1, pinned: true, ...more }
}

export function line(id: string, text: string, span: Span, more: Partial<Line> = {}): Line {
  return { id, ...span, text, words: [], kind: 'dialogue', trust: 1, hand: 'machine', ...more }
}
