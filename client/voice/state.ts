import type {
  CertificateView,
  ConsentWords,
  MeView,
  MineView,
  Prepared,
  ProblemView,
  RecordingView,
  RequestView,
  SessionView,
  UseView,
  Wish,
} from '../../server/contract.ts'
import type { Tongue } from '../state.ts'
import type { VoiceWord } from '../words/voice.ts'
import type { Paper } from './paper.ts'
import type { VoicePlace } from './place.ts'

/** All there is to know of the page `/voice`. What is undefined was not asked for yet. */
export type VoiceState = {
  readonly tongue: Tongue
  readonly place: VoicePlace
  /** Null when nobody is signed in. */
  readonly session: SessionView | null | undefined
  readonly me?: MeView
  readonly words?: ConsentWords
  readonly asked?: readonly RequestView[]
  readonly mine?: MineView
  readonly cosigns?: readonly Prepared[]
  readonly uses?: readonly UseView[]
  readonly certificates?: readonly CertificateView[]
  readonly recordings?: readonly RecordingView[]
  /** What is about to be signed, over the page. */
  readonly sheet?: Sheet
  /** Who came in with the key they kept on paper: they make a passkey anew, and nothing else. */
  readonly paper?: Paper
  /** The passkey is being asked, or its answer is on its way. */
  readonly busy: boolean
  readonly notice?: Notice
}

/** Something to tell, once. */
export type Notice = { readonly problem: ProblemView } | { readonly said: VoiceWord; readonly bad?: boolean }

/** One statement to be read and signed. `wishes` is more than one where there is something to choose. */
export type Sheet = {
  readonly title: VoiceWord
  readonly says?: VoiceWord
  readonly sign: VoiceWord
  readonly wishes: readonly { readonly label: string; readonly wish: Wish }[]
  readonly danger?: boolean
  /** What is chosen, where there is something to choose. */
  readonly choose?: VoiceWord
  /** Who signs, where nobody is signed in. */
  readonly by?: { readonly party: string; readonly passkeys: readonly string[]; readonly leave?: string }
  /** What was put into words already, where it is no wish. */
  readonly ready?: Prepared
  /** What is told when it was taken. */
  readonly done: VoiceWord
}

export const initialVoice = (given: Pick<VoiceState, 'tongue' | 'place'>): VoiceState => ({
  ...given,
  session: undefined,
  busy: false,
})
