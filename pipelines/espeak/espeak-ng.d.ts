/** eSpeak NG compiled to WebAssembly (GPL-3), which comes without types. */
declare module '@echogarden/espeak-ng-emscripten' {
  export type EspeakEvent = {
    readonly type: 'word' | 'sentence' | 'mark' | 'play' | 'end' | 'phoneme' | 'samplerate' | 'msg_terminated'
    /** Place in the text, counted in code points from 1. */
    readonly text_position: number
    readonly word_length: number
    /** Milliseconds from the beginning of the sound. */
    readonly audio_position: number
    readonly id?: string | number
  }
  export type EspeakWorker = {
    /** Hertz. */
    readonly samplerate: number
    /** `ja`, `en-us+f3`: a language, and after `+` a variant. Answers 0 when there is one. */
    set_voice(name: string, language?: string): number
    /** Words a minute, 80 to 450. */
    set_rate(rate: number): void
    /** 0 to 99; 50 is the voice's own. */
    set_pitch(pitch: number): void
    /** 0 is monotone, 50 the voice's own. */
    set_range(range: number): void
    set_volume(volume: number): void
    /** Calls back with sound and events until there are no more, or until the callback answers true. */
    synthesize(text: string, heard: (sound: Int16Array | null, events: EspeakEvent[]) => boolean): void
    synthesize_ipa(text: string): { code: number; ipa: string }
    list_voices(): {
      readonly name: string
      readonly identifier: string
      readonly languages: readonly { readonly priority: number; readonly name: string }[]
    }[]
  }
  export type Espeak = {
    readonly eSpeakNGWorker: new () => EspeakWorker | Promise<EspeakWorker>
    /** Its memory; another array once it grew. */
    readonly HEAPU8: Uint8Array
    readonly FS: {
      readonly readdir: (path: string) => string[]
      readonly readFile: (path: string, options: { readonly encoding: 'utf8' }) => string
      readonly writeFile: (path: string, text: string) => void
    }
  }
  export default function openEspeak(settings?: Record<string, unknown>): Promise<Espeak>
}
