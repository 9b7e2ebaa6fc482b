import { byShare, type Heard } from '../../pipelines/timing/pace.ts'
import { prior } from '../../pipelines/timing/voice-pace.ts'
import { type Wording, wordingOf } from '../../pipelines/timing/wording.ts'

/** A text that takes its voice so long, every word by its letters. */
export const wording = (text: string, ms: number, more: Partial<Heard> = {}): Wording =>
  wordingOf(text, 'en', { ...byShare(text, 'en', ms / 1000), ...more }, prior)
