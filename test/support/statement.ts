import { wavHeader } from '../../pipelines/wav.ts'
import type { RecordingView } from '../../server/contract.ts'
import type { Person } from './authenticator.ts'

/** Two seconds of a tone: to a server a recording like any other. */
export function tone(seconds = 2): Buffer {
  const samples = Buffer.alloc(24_000 * seconds * 2)
  for (let at = 0; at < samples.length / 2; at++)
    samples.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * 220 * at) / 24_000)), at * 2)
  return Buffer.concat([wavHeader(samples.length, 24_000, 1, 2), samples])
}

/** Sends a recording of somebody's voice: of a phrase, or without one what the voice is to be known by. */
export async function sendVoice(
  { client }: Pick<Person, 'client'>,
  phrase?: string,
): Promise<{ readonly status: number; readonly recording: RecordingView }> {
  const query = phrase === undefined ? '' : `?phrase=${phrase}`
  const answer = await client.send('POST', `/api/consent/voice${query}`, tone(), {
    'content-type': 'audio/wav',
  })
  return { status: answer.status, recording: (await answer.json()) as RecordingView }
}
