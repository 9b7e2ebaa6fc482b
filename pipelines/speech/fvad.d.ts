/** The voice activity detector of WebRTC, compiled to WebAssembly (BSD), which comes without types. */
declare module '@echogarden/fvad-wasm' {
  export type Fvad = {
    readonly HEAP16: Int16Array
    _malloc(bytes: number): number
    _free(memory: number): void
    _fvad_new(): number
    _fvad_free(detector: number): void
    _fvad_reset(detector: number): void
    /** 0 finds the most speech, 3 the least that is none. */
    _fvad_set_mode(detector: number, mode: 0 | 1 | 2 | 3): number
    _fvad_set_sample_rate(detector: number, hertz: number): number
    /** 1 for speech, 0 for none; frames are 10, 20 or 30 ms. */
    _fvad_process(detector: number, frame: number, samples: number): number
  }
  export default function open(): Promise<Fvad>
}
