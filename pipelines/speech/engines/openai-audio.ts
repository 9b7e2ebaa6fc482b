import { z } from 'zod'
import { post, type Service } from '../../http.ts'
import { Problem } from '../../problem.ts'
import type { Ms, Span } from '../../terms.ts'
import { encodeWav } from '../../wav.ts'
import type { Recognized, SpeechEngine } from '../engine.ts'
import { readEars } from '../samples.ts'

export type TranscriptionService = {
  /** Where `/audio/transcriptions` is found under: `http://localhost:8000/v1`. */
  readonly address: string
  readonly key?: string | undefined
  readonly model: string
  readonly wait?: Service['wait']
}

const seconds = z.number().min(0).max(86_400)
/** `verbose_json`, as much of it as is used. What is more is let be; what is otherwise is refused. */
const Answer = z.object({
  language: z.string().max(40).optional(),
  text: z.string().max(100_000).optional(),
  segments: z
    .array(
      z.object({
        start: seconds,
        end: seconds,
        text: z.string().max(10_000),
        no_speech_prob: z.number().optional(),
        avg_logprob: z.number().optional(),
      }),
    )
    .max(10_000)
    .nullish(),
  words: z
    .array(z.object({ start: seconds, end: seconds, word: z.string().max(500) }))
    .max(50_000)
    .nullish(),
})
type Answer = z.infer<typeof Answer>
type Segment = Recognized['segments'][number]

/** Any server that writes down speech as OpenAI's `/v1/audio/transcriptions` does. Each window goes as a WAV of its own. */
export function transcriptionEngine({ address, key, model, wait }: TranscriptionService): SpeechEngine {
  const engine = 'openai-audio'
  const service: Service = {
    engine,
    address,
    ...(key && { headers: { authorization: `Bearer ${key}` }, secret: key }),
    ...(wait && { wait }),
    // A window of 30 s on a server without an accelerator.
    timeout: 300_000,
  }
  return {
    identity: `${engine} ${model} at ${new URL(address).host}`,
    licence: `terms of ${new URL(address).host}`,
    async recognize({ ears, windows, language }, at) {
      let heard = language
      const segments: Segment[] = []
      for (const [turn, window] of windows.entries()) {
        const sound = encodeWav(await readEars(ears, window, at), 16_000)
        const form = new FormData()
        form.set('file', new File([Buffer.from(sound)], 'window.wav', { type: 'audio/wav' }))
        form.set('model', model)
        form.set('response_format', 'verbose_json')
        form.append('timestamp_granularities[]', 'segment')
        form.append('timestamp_granularities[]', 'word')
        const known = heard?.split('-')[0]
        if (known) form.set('language', known)
        const answer = Answer.safeParse(await post(service, '/audio/transcriptions', form, at.signal))
        if (!answer.success)
          throw new Problem('engine-failed', { engine, reason: 'its answer is not a transcription' })
        heard ??= languageOf(answer.data.language)
        segments.push(...segmentsOf(answer.data, window))
        at.report((turn + 1) / windows.length)
      }
      return { language: heard ?? 'ja', segments }
    },
  }
}

function segmentsOf({ segments, words, text }: Answer, window: Span): Segment[] {
  const inside = (at: number): Ms => Math.min(window.end, window.start + Math.round(at * 1000))
  const spoken = (words ?? []).map(({ start, end, word }) => ({
    start: inside(start),
    end: inside(end),
    text: word.trim(),
  }))
  // A server that tells no segments told the words alone.
  const whole = text?.trim() ? [{ start: 0, end: (window.end - window.start) / 1000, text }] : []
  const told: NonNullable<Answer['segments']> = segments ?? whole
  return told.map(({ start, end, text, no_speech_prob: silence, avg_logprob: logprob }) => {
    const span = { start: inside(start), end: inside(end) }
    const own = spoken.filter(word => word.start >= span.start && word.start < span.end)
    return {
      ...span,
      text: text.trim(),
      words: own,
      ...(silence !== undefined && { silence }),
      ...(logprob !== undefined && { logprob }),
    }
  })
}

/** Some servers say `japanese` where others say `ja`. */
const names: Readonly<Record<string, string>> = {
  japanese: 'ja',
  english: 'en',
  spanish: 'es',
  french: 'fr',
  german: 'de',
  italian: 'it',
  portuguese: 'pt',
  korean: 'ko',
  chinese: 'zh',
  russian: 'ru',
  arabic: 'ar',
  thai: 'th',
  indonesian: 'id',
  vietnamese: 'vi',
}
function languageOf(said: string | undefined): string | undefined {
  const name = said?.toLowerCase() ?? ''
  return Object.hasOwn(names, name) ? names[name] : /^[a-z]{2,3}$/.test(name) ? name : undefined
}
