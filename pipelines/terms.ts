/**
 * The words of the trade, as types only. Everything else in the house is said in these words.
 * Time is whole milliseconds and a span is half-open: `end` is the first instant that is not inside.
 * Text is Unicode in NFC. Everything here is plain JSON, so that any of it can be digested and kept.
 */
export type * from './terms/base.ts'
export type * from './terms/dub.ts'
export type * from './terms/media.ts'
export type * from './terms/subtitles.ts'
export type * from './terms/timing.ts'
export type * from './terms/transcript.ts'
export type * from './terms/translation.ts'
export type * from './terms/whole.ts'
