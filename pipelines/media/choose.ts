import { base } from '../language.ts'
import { Problem } from '../problem.ts'
import type { AudioStream, Probe, Source, TextStream, VideoStream } from '../terms.ts'

/** The streams of a file that are worked on. */
export type Chosen = {
  readonly audio: AudioStream
  readonly video?: VideoStream
  readonly text?: TextStream
}

/** What is asked of a file's streams. */
export type Asked = Pick<Source, 'name' | 'audioStream' | 'textStream'> & Partial<Pick<Source, 'language'>>

/**
 * Chooses the streams that were asked for; else the sound in the source's language, the one players choose, the first.
 * @throws Problem `media-silent` without any sound, `stream-missing` with the choices there are
 */
export function chooseStreams(asked: Asked, probe: Probe): Chosen {
  const { name: file, language, audioStream, textStream } = asked
  if (probe.audio.length === 0) throw new Problem('media-silent', { file })
  const spoken = (stream: AudioStream) =>
    language !== undefined && stream.language !== undefined && base(stream.language) === base(language)
  const order: readonly ((stream: AudioStream) => boolean | undefined)[] = [
    stream => spoken(stream) && stream.standard,
    spoken,
    stream => stream.standard,
    () => true,
  ]
  const audio =
    audioStream === undefined
      ? order.map(fits => probe.audio.find(fits)).find(found => found)
      : probe.audio.find(stream => stream.index === audioStream)
  if (!audio) throw missing(file, 'sound', audioStream, probe.audio)
  const words = probe.text.filter(stream => stream.readable)
  const text = words.find(stream => stream.index === textStream)
  if (textStream !== undefined && !text) throw missing(file, 'text', textStream, words)
  return { audio, video: probe.video[0], text }
}

function missing(
  file: string,
  kind: string,
  index: number | undefined,
  choices: readonly (AudioStream | TextStream)[],
): Problem {
  const shown = choices.map(({ index, language, title }) =>
    [index, [language, title].filter(Boolean).join(', ')].filter(part => part !== '').join(' '),
  )
  return new Problem('stream-missing', {
    file,
    kind,
    index: index ?? '',
    choices: shown.join('; ') || 'none, it has no such stream',
  })
}
