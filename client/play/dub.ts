import type { Ms } from '../state.ts'
import { type Anchor, driftLimit, driftOf, due, factorOf, type Region, startOf } from './schedule.ts'

/** How things stand with the media, for the dub to follow. */
export type Standing = {
  readonly at: Ms
  readonly playing: boolean
  readonly rate: number
  readonly regions: readonly Region[]
  readonly gain: number
}
export type Dub = {
  /** Sounds what is due, and stops what is not. Called whenever something changed, and often while playing. */
  readonly follow: (standing: Standing) => void
  /** Sounds one file by itself, from its beginning. */
  readonly once: (url: string) => Promise<void>
  readonly silence: () => void
}

type Voice = { readonly node: AudioBufferSourceNode; readonly fade: GainNode }

/** Decoded sound is large (a minute of stereo is 23 MB): only this much of it is held around the playhead. */
const behind: Ms = 4_000
const ahead: Ms = 24_000
/** A single late look is no drift: browsers tell the picture's time in steps. */
const patience = 2
/** Long enough that no edge clicks, short enough that no word is lost. */
const fadeSeconds = 0.012

/** Plays the dub beside the muted picture. Everything waits for the first use: browsers allow no sound before a gesture. */
export function openDub(load: (url: string) => Promise<ArrayBuffer>): Dub {
  let context: AudioContext | undefined
  let level: GainNode | undefined
  let anchor: Anchor | undefined
  let last: Standing | undefined
  let apart = 0
  const sounds = new Map<string, Promise<AudioBuffer | undefined>>()
  const voices = new Map<string, Voice>()
  let alone: AudioBufferSourceNode | undefined

  const begin = () => {
    if (context === undefined) {
      // 48 kHz as the regions are: lengths stay exact and they join without a gap.
      context = new AudioContext({ sampleRate: 48_000, latencyHint: 'interactive' })
      level = new GainNode(context)
      level.connect(context.destination)
    }
    if (context.state === 'suspended') void context.resume()
    return context
  }

  const soundOf = (url: string) => {
    const there = sounds.get(url)
    if (there !== undefined) return there
    const coming = load(url)
      .then(bytes => begin().decodeAudioData(bytes))
      .catch(() => {
        sounds.delete(url)
        return undefined
      })
    sounds.set(url, coming)
    return coming
  }

  const hush = (url: string) => {
    const voice = voices.get(url)
    if (voice === undefined || context === undefined) return
    voices.delete(url)
    voice.fade.gain.setTargetAtTime(0, context.currentTime, fadeSeconds / 3)
    voice.node.stop(context.currentTime + fadeSeconds)
  }
  const silence = () => {
    for (const url of [...voices.keys()]) hush(url)
    anchor = undefined
  }

  const speak = (region: Region, sound: AudioBuffer) => {
    if (context === undefined || level === undefined || anchor === undefined || voices.has(region.url)) return
    // The sound leaves the loudspeaker this much after it is asked for; the picture does not wait.
    const latency = context.outputLatency || 0
    const now = { ...anchor, clock: anchor.clock - latency }
    const { when, offset } = startOf(region, now)
    const late = Math.max(0, context.currentTime - when)
    const node = new AudioBufferSourceNode(context, { buffer: sound, playbackRate: anchor.rate })
    const fade = new GainNode(context, { gain: 1 })
    node.connect(fade).connect(level)
    const from = offset + late * anchor.rate
    if (from >= sound.duration) return
    if (from > 0) {
      fade.gain.setValueAtTime(0, context.currentTime)
      fade.gain.linearRampToValueAtTime(1, Math.max(when, context.currentTime) + fadeSeconds)
    }
    node.start(Math.max(when, context.currentTime), from)
    voices.set(region.url, { node, fade })
    node.onended = () => {
      if (voices.get(region.url)?.node === node) voices.delete(region.url)
    }
  }

  const follow = (standing: Standing) => {
    last = standing
    const near = due(standing.regions, standing.at - behind, standing.at + ahead)
    const kept = new Set(near.map(region => region.url))
    for (const url of sounds.keys()) if (!kept.has(url) && !voices.has(url)) sounds.delete(url)
    if (!standing.playing) {
      silence()
      for (const region of near.slice(0, 3)) void soundOf(region.url)
      return
    }
    const { currentTime } = begin()
    if (level !== undefined) level.gain.value = factorOf(standing.gain)
    apart = anchor && driftOf(anchor, currentTime, standing.at) > driftLimit ? apart + 1 : 0
    if (anchor === undefined || anchor.rate !== standing.rate || apart >= patience) {
      silence()
      apart = 0
      anchor = { at: standing.at, clock: currentTime, rate: standing.rate }
    }
    for (const url of [...voices.keys()]) if (!kept.has(url)) hush(url)
    for (const region of due(standing.regions, standing.at, standing.at + ahead)) {
      if (voices.has(region.url)) continue
      const asked = anchor
      void soundOf(region.url).then(sound => {
        const wanted = last?.playing && last.regions.some(({ url }) => url === region.url)
        if (sound !== undefined && wanted && anchor === asked) speak(region, sound)
      })
    }
  }

  const once = async (url: string) => {
    alone?.stop()
    const at = begin()
    const sound = await soundOf(url)
    if (sound === undefined) return
    alone = new AudioBufferSourceNode(at, { buffer: sound })
    alone.connect(at.destination)
    alone.start()
  }

  return { follow, once, silence }
}
