/** The face of the trade, for the server alone. */
export { digestOf, ordered } from './digest.ts'
export type { VoiceEngine } from './dub/engine.ts'
export {
  type Credentials,
  makeSigner,
  openCredentials,
  type Signer,
  storeBeside,
  type Verdict,
} from './dub/mark/credentials/credentials.ts'
export { soundOf, soundsIn } from './dub/mark/sound.ts'
export { type Heeded, openWatermark, type Watermark } from './dub/mark/watermark.ts'
export { soundOfTakes } from './dub/takes-sound.ts'
export {
  type Heard,
  type Opened,
  openVoices,
  type Persons,
  type Script,
  type Voices,
  withheld,
} from './dub/voices.ts'
export { openEspeak } from './espeak.ts'
export { lackingTools, useTools } from './ffmpeg.ts'
export { type Crew, draftEpisode } from './flow.ts'
export { useLimits } from './media/limits.ts'
export { type Listened, listenToFile } from './media/listen.ts'
export { probeFile } from './media/probe.ts'
export { type Recording, readRecording } from './media/recording.ts'
export {
  cardOf,
  catalogue,
  importModel,
  install,
  installedIn,
  type ModelCard,
  remove,
  verify,
} from './models.ts'
export { openInference } from './onnx.ts'
export { Problem } from './problem.ts'
export { findSpeechIn } from './speech/activity.ts'
export { alignScript } from './speech/align.ts'
export type { SpeechEngine } from './speech/engine.ts'
export { readScript } from './speech/script.ts'
export type { Run, Stage, Step, StepName } from './stage.ts'
export { houseNames, profileOf } from './subtitles/check/houses.ts'
export { profileIn, readStyle, styleIn } from './subtitles/check/own.ts'
export { audiences, type Profile } from './subtitles/check/profile.ts'
export { oneOf, rateOf } from './subtitles/command/options.ts'
export { runSubtitles, type World as SubtitlesWorld } from './subtitles/command.ts'
export { readSubtitles } from './subtitles/read.ts'
export { sharedSound } from './subtitles/songs/match.ts'
export { type Print, printer } from './subtitles/songs/print.ts'
export { type Compared, carryLines, carryScript } from './subtitles/sync/carry.ts'
export { utterancesOf } from './subtitles/utterances.ts'
export type * from './terms.ts'
export { type Askew, askewOf, unbroken } from './timing/askew.ts'
export { cueFormats } from './timing/cues/formats.ts'
export { sheetOf } from './timing/cues/hold.ts'
export { presets } from './timing/cues/presets.ts'
export { type SpokenLine, shapesOf } from './timing/cues/shapes.ts'
export { total } from './timing/measures.ts'
export { type Mouth, openMouth, type Sound } from './timing/mouth.ts'
export { openPace } from './timing/pace.ts'
export { heardIn, pairsOf, type Told, withRates } from './timing/pairs.ts'
export { type Predictor, predictorOf } from './timing/predictor.ts'
export { type LineScore, lengthCompliance, type Pair, type Score, scoreDub } from './timing/score.ts'
export { lookAt, seenOf } from './timing/see.ts'
export { verdicts } from './timing/weights.ts'
export { joinOver, windowsOf } from './timing/windows.ts'
export { diagnose, findTools, lacksOf } from './tools.ts'
export type { TranslationEngine } from './translation/engine.ts'
export { openWav } from './wav.ts'
