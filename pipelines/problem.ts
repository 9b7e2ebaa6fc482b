/**
 * The closed list of what can go wrong for a person, and what mends it. `{name}` is filled from the problem's figures.
 * The server turns a code into an HTTP status, the client into the reader's language; this is the English.
 */
export const problems = {
  // the file
  'media-unreadable': [
    '{file} is not a media file that can be read: {reason}.',
    'Export it again as MP4, MKV, MOV, WebM, TS, WAV or FLAC.',
  ],
  'media-forbidden': [
    '{file} is a {container}, which may point at other files and is never opened.',
    'Upload the media itself as MP4, MKV, MOV, WebM, TS, WAV or FLAC.',
  ],
  'media-too-large': [
    '{file} has a {what} of {value}, over the limit of {limit}.',
    'Cut it into parts, or raise {setting}.',
  ],
  'media-silent': ['{file} has no sound to work from.', 'Choose a file with an audio track.'],
  'speech-missing': [
    'No speech is heard in {file}.',
    'Take a file in which somebody speaks: its dialogue alone, where there is music over it.',
  ],
  'master-strange': [
    '{file} does not sound like the episode that is here: nothing was moved.',
    'Give the late master of this very episode; another episode is ingested by itself.',
  ],
  'stream-missing': ['{file} has no {kind} stream {index}.', 'Choose one of: {choices}.'],
  // the words
  'script-unreadable': [
    '{file}, line {line}: {reason}.',
    'See docs/translate.md for how a script is written.',
  ],
  'subtitles-unreadable': [
    '{file} could not be read as subtitles: {reason}.',
    'Save it as SRT, WebVTT or ASS in UTF-8.',
  ],
  'no-words': [
    'There is neither a script nor subtitles for {file}, and no speech-to-text model is installed.',
    'Run `kotodama models install {model}`, or add --script or --subtitles.',
  ],
  'reading-missing': ['No reading is known for {text}.', 'Write it in kana in the script: 漢字《かんじ》.'],
  'language-unspoken': [
    'The embedded synthesizer does not speak {language}.',
    'Cast a voice of another engine for this language.',
  ],
  // engines and tools
  'ffmpeg-missing': [
    'ffmpeg was not found.',
    'Install it (`apt-get install ffmpeg`) or set FFMPEG_PATH and FFPROBE_PATH.',
  ],
  'ffmpeg-failed': [
    'ffmpeg stopped: {reason}.',
    'Run `kotodama doctor`; if it is well, the file may be damaged.',
  ],
  'engine-failed': [
    'The engine {engine} failed: {reason}.',
    'Try again; if it stays, choose another engine.',
  ],
  'engine-unreachable': [
    'The engine {engine} at {address} does not answer: {reason}.',
    'Check its address and key in the configuration.',
  ],
  'model-missing': ['The model {model} is not installed.', 'Run `kotodama models install {model}`.'],
  'model-unlicensed': [
    'The model {model} has no recorded licence.',
    'Import it with --license NAME --by YOU once you may use it.',
  ],
  'model-damaged': [
    '{file} of the model {model} is not what its manifest says.',
    'Run `kotodama models install {model}` again.',
  ],
  'model-unknown': ['No model is called {model}.', 'Run `kotodama models list` to see those there are.'],
  // consent
  'voice-withheld': [
    'This voice belongs to a person and may not speak here: {refusal}.',
    'Ask the actor through the consent registry.',
  ],
  'consent-shut': [
    'The register of consents is shut: {reason}',
    'Nothing is permitted until the operator has mended it; withdrawals are still taken.',
  ],
  'mark-missing': [
    '{file} would leave the house without its mark: the watermark is heard with {score}, and {least} is needed.',
    'Run the draft again; if it stays, something after the mix takes the mark out: see docs/decisions/marks.md.',
  ],
  'credentials-missing': [
    '{file} would leave the house without its content credentials: they are {state} ({failures}).',
    'Look whether the certificate in KEYS_DIR is still valid, and run the draft again: see docs/decisions/marks.md.',
  ],
  'not-enrolled': ['You are not enrolled in the register of consents yet.', 'Enrol with a passkey first.'],
  'enrolled-already': ['You are enrolled already.', 'Use the passkey that you enrolled with.'],
  'passkey-failed': ['The passkey could not be made: {reason}.', 'Try again, or use another device.'],
  'passkey-unknown': [
    'This passkey opens nothing here.',
    'Use the one you enrolled with, or ask for a new link.',
  ],
  'statement-refused': ['The register did not take this: {reason}', 'Read it again and sign it anew.'],
  'recording-refused': ['The recording was not taken: {reason}.', 'Record it again.'],
  // the house
  cancelled: ['It was cancelled.', 'Start it again; finished steps are kept.'],
  'store-busy': ['Another server already owns the data in {place}.', 'Stop it, or set another DATA_DIR.'],
  'store-unsupported': [
    'The embedded store does not know {what}.',
    'Set MONGODB_URI to use a MongoDB server.',
  ],
  'store-unreachable': [
    'The store at {address} does not answer: {reason}.',
    'Check MONGODB_URI and the server it names.',
  ],
  'store-damaged': [
    'The data in {place} is damaged: {reason}.',
    'Run `kotodama fsck`, then `kotodama restore`.',
  ],
  'backup-damaged': ['{file} is not a whole backup: {reason}.', 'Use another backup.'],
  'disk-full': [
    'There is no room left on the disk of {place}.',
    'Free some space; nothing that was finished is lost.',
  ],
  'settings-wrong': ['The settings are wrong:\n  {faults}', 'See docs/operate.md for what each one takes.'],
  // the command line
  'command-refused': ['{reason}.', '{mend}'],
  // asking
  'bad-request': ['{where}: {reason}.', 'Mend the request.'],
  'too-large': ['The request is larger than {limit} bytes.', 'Send it in smaller parts.'],
  'not-found': ['There is no {what} {id}.', 'It may have been removed or renamed: look again.'],
  'not-signed-in': ['You are not signed in.', 'Sign in.'],
  'sign-in-failed': [
    'The name or the password is wrong.',
    'Try again, or ask your administrator for a new link.',
  ],
  'not-allowed': ['Your role does not allow this.', 'Ask a {role}.'],
  'foreign-origin': ['The request came from another site.', 'Open the page at its own address.'],
  'too-many': ['Too many requests.', 'Wait {seconds} s.'],
  'link-used': ['This link was used already or is too old.', 'Ask for a new one.'],
  'name-taken': ['{what} {name} exists already.', 'Choose another name.'],
  'line-changed': ['Somebody changed this line before you.', 'Compare both and save again.'],
  'line-approved': ['An approved line is not edited.', 'Reopen it first.'],
  'upload-unfinished': ['The upload {id} is not complete.', 'Finish it first.'],
  'parcel-unmade': [
    'The files to hand over are not made of what stands here now.',
    'Have them made on the episode’s page.',
  ],
  busy: ['The episode is already being worked on.', 'Wait, or cancel the work first.'],
  fault: ['Something went wrong on our side.', 'Try again; the log tells more under {id}.'],
} as const satisfies Record<string, readonly [sentence: string, mend: string]>

export type ProblemCode = keyof typeof problems
export type Figures = Readonly<Record<string, string | number>>

/** A named failure that a person can read. Anything thrown that is not one of these is a fault of ours. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly figures: Figures

  constructor(code: ProblemCode, figures: Figures = {}, cause?: unknown) {
    const [sentence] = problems[code]
    super(fill(sentence, figures), cause === undefined ? undefined : { cause })
    this.code = code
    this.figures = figures
  }

  get mend(): string {
    return fill(problems[this.code][1], this.figures)
  }
}

/** Puts the figures into a sentence's {places}. A place without a figure stays as it is. */
export function fill(sentence: string, figures: Figures): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name) =>
    Object.hasOwn(figures, name) ? String(figures[name]) : place,
  )
}
