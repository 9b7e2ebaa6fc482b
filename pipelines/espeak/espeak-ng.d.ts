declare module '@echogarden/espeak-ng-emscripten' {
  /** `audio_position` is in milliseconds, `text_position` counts code points from 1. */
  export type Event = {
    readonly type: string
    readonly text_position: number
    readonly word_length: number
    readonly audio_position: number
    readonly id?: string | number
  }
  export type Synthesizer = {
    /** 0 when it is known; otherwise the voice before stays. */
    set_voice(name: string): number
    set_rate(wordsPerMinute: number): void
    set_pitch(pitch: number): void
    get_samplerate(): number
    /** Calls back with each piece; answering true stops it. */
    synthesize(text: string, heard: (samples: Int16Array, events: readonly Event[]) => boolean): void
  }
  export type Module = {
    readonly eSpeakNGWorker: new () => Synthesizer
    /** Its memory; another array after it grew. */
    readonly HEAPU8: Uint8Array
    readonly FS: { readdir(path: string): string[] }
  }
  export default function load(): Promise<Module>
}
