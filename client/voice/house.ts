import { computed, effect, signal, untracked } from '@preact/signals'
import type { MeView, Prepared, ProblemView, Role, SaidView, StopView, Wish } from '../../server/contract.ts'
import { type Ask, openApi, Refused } from '../api.ts'
import { reached } from '../attempt.ts'
import { toMain } from '../focus.ts'
import { keepTongue, readTheme, readTongue } from '../keep.ts'
import type { Tongue } from '../state.ts'
import type { VoiceWord } from '../words/voice.ts'
import { enterByPaper, openPaper, readPaper, signByPaper } from './paper.ts'
import { readVoicePlace, type VoicePlace, writeVoicePlace } from './place.ts'
import { makePasskey, OtherText, signIn, signText } from './sign.ts'
import { initialVoice, type VoiceState } from './state.ts'
import { saysStop, wordOf } from './stop.ts'

export type VoiceHands = ReturnType<typeof openVoiceHouse>

/** Puts the page `/voice` together: one state, and everything that moves it. */
export function openVoiceHouse(window: Window & typeof globalThis) {
  const { location, document } = window
  const state = signal<VoiceState>(
    initialVoice({ tongue: readTongue(tongues(window)), place: readVoicePlace(location.hash) }),
  )
  const change = (more: Partial<VoiceState>) => {
    state.value = { ...state.peek(), ...more }
  }
  const csrf = () => state.peek().session?.csrf
  const ask = openApi(window.fetch.bind(window), csrf, () => {
    state.value = reached(state.peek())
  })
  const tell = (said: VoiceWord, bad = false) => change({ notice: { said, bad } })

  /** Does a work; a refusal is told, and gives nothing. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (reason) {
      if (!(reason instanceof Refused)) throw reason
      const ended = reason.problem.code === 'not-signed-in'
      change({ notice: { problem: reason.problem }, ...(ended && { session: null, me: undefined }) })
      return undefined
    }
  }

  /** Asks the passkey. Who does not want to sign has not failed. */
  async function withPasskey<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (state.peek().busy) return undefined
    change({ busy: true, notice: undefined })
    try {
      return await attempt(work)
    } catch (reason) {
      if (reason instanceof OtherText) tell('signed-other', true)
      else tell(isNo(reason) ? 'signed-not' : 'signed-failed', true)
      return undefined
    } finally {
      change({ busy: false })
    }
  }

  const load = openVoiceLoad(state, change, ask, attempt)

  window.addEventListener('hashchange', () =>
    change({ place: readVoicePlace(location.hash), sheet: undefined }),
  )
  const tongue = computed(() => state.value.tongue)
  effect(() => {
    document.documentElement.lang = tongue.value
    keepTongue(tongue.value)
  })
  const theme = readTheme()
  if (theme !== 'auto') document.documentElement.dataset.theme = theme
  const somebody = computed(() => state.value.session?.user.id)
  effect(() => {
    if (somebody.value !== undefined) untracked(() => void load.all())
  })

  void ask('session', {})
    .then(session => change({ session }))
    .catch((reason: unknown) => {
      if (!(reason instanceof Refused)) throw reason
      change({ session: null, ...(reason.status !== 401 && { notice: { problem: reason.problem } }) })
    })
  // Where nobody knows who this is, the door is shown: a voice can be stopped from there.
  window.setTimeout(() => {
    if (state.peek().session === undefined) change({ session: null, notice: { problem: unreachable } })
  }, patienceMs)

  return {
    state,
    change,
    ask,
    tell,
    attempt,
    load,
    go(place: VoicePlace): void {
      location.hash = writeVoicePlace(place)
    },

    /** Signs what was shown, says it, and looks at everything anew. */
    async say(ready: Prepared, done: VoiceWord): Promise<SaidView | undefined> {
      const said = await withPasskey(async () => {
        const { statement, shown } = ready
        const { paper } = state.peek()
        const proof = paper ? await signByPaper(paper, ready) : await signText(ready)
        const body = { statement, shown, proof }
        return ask(saysStop(ready) ? 'stop' : 'say', {}, body)
      })
      if (said === undefined) return undefined
      // The key on paper has done what it is for: from here on the new passkey signs.
      change({ sheet: undefined, paper: undefined })
      tell(said.state === 'cosign' ? 'said-cosign' : said.state === 'waiting' ? 'said-waiting' : done)
      const { notice } = state.peek()
      await load.all()
      // That it was taken counts more than that the rest can't be looked at now.
      if (saysStop(ready)) change({ notice })
      // What was pressed may be gone with what it was about; the keyboard goes on from the page.
      window.requestAnimationFrame(() => document.activeElement === document.body && toMain())
      return said
    },

    async enter(): Promise<void> {
      const session = await withPasskey(async () => {
        const nonce = await ask('passkeyNonce', {})
        return ask('passkeySignIn', {}, { nonce: nonce.nonce, proof: await signIn(nonce) })
      })
      if (session) change({ session })
    },

    /** Lets in whoever lost every passkey, by the key they wrote down. */
    async enterByPaper(typed: string): Promise<void> {
      const secret = await readPaper(typed)
      if (secret === undefined) return tell('paper-slip', true)
      const come = await withPasskey(async () => {
        const paper = await openPaper(secret)
        const nonce = await ask('passkeyNonce', {})
        const proof = await enterByPaper(paper, nonce)
        return { paper, session: await ask('passkeySignIn', {}, { nonce: nonce.nonce, proof }) }
      })
      if (come) change(come)
    },

    word: (wish: Wish, language: Tongue): Promise<Prepared> => wordOf(ask, state.peek(), wish, language),

    /** Who this passkey is and what they may stop; nobody is signed in by it. */
    knock: (): Promise<StopView | undefined> =>
      withPasskey(async () => {
        const nonce = await ask('passkeyNonce', {})
        return ask('stops', {}, { nonce: nonce.nonce, proof: await signIn(nonce) })
      }),

    async leave(): Promise<void> {
      await attempt(() => ask('signOut', {}))
      const { tongue, place } = state.peek()
      state.value = { ...initialVoice({ tongue, place }), session: null }
    },

    makePasskey: (options: Record<string, unknown>) => withPasskey(() => makePasskey(options)),

    /** Sends a recording; of the spoken statement with its phrase. */
    async sendRecording(sound: Blob, phrase?: string): Promise<boolean> {
      const answer = await window
        .fetch(`/api/consent/voice${phrase === undefined ? '' : `?phrase=${phrase}`}`, {
          method: 'POST',
          headers: { 'x-csrf': csrf() ?? '', 'content-type': sound.type || 'application/octet-stream' },
          body: sound,
        })
        .catch(() => undefined)
      if (answer?.ok) {
        tell('record-done')
        await load.recordings()
        return true
      }
      await refuse(answer)
      return false
    },

    /** Tells why a sound can't be heard. */
    async whyNot(url: string): Promise<void> {
      const answer = await window.fetch(url).catch(() => undefined)
      if (answer?.ok) tell('hear-not', true)
      else await refuse(answer)
    },
  }

  async function refuse(answer: Response | undefined): Promise<void> {
    const said = await answer?.json().catch(() => undefined)
    change({ notice: { problem: (said?.problem as ProblemView | undefined) ?? unreachable } })
  }
}

/** So long who is signed in is waited for. */
const patienceMs = 5000

const unreachable: ProblemView = { code: 'unreachable', says: '', mend: '', figures: {} }

/** Japanese goes first: whoever reads neither of the two is shown it too. */
const tongues = ({ navigator }: Window): readonly string[] => {
  const known = navigator.languages.filter(one => /^(?:ja|en)\b/.test(one))
  return known.length > 0 ? known : ['ja']
}

const isNo = (reason: unknown) =>
  reason instanceof Error && ['NotAllowedError', 'AbortError'].includes(reason.name)

const workers: readonly Role[] = ['lead', 'translator', 'reviewer', 'admin']

type Change = (more: Partial<VoiceState>) => void
type Attempt = <T>(work: () => Promise<T>) => Promise<T | undefined>

/** Fetches what its person may see. */
function openVoiceLoad(state: { peek(): VoiceState }, change: Change, ask: Ask, attempt: Attempt) {
  const recordings = () => attempt(async () => change({ recordings: await ask('recordings', {}) }))
  const certificates = () => attempt(async () => change({ certificates: await ask('certificates', {}) }))
  const own = ({ role }: MeView) => [
    async () => change({ asked: await ask('askedOfMe', {}) }),
    async () => change({ mine: await ask('consentMine', {}) }),
    async () => change({ uses: await ask('consentUses', {}) }),
    certificates,
    async () => change({ cosigns: await ask('cosigns', {}) }),
    ...(role === 'actor' ? [recordings] : []),
  ]
  return {
    recordings,
    certificates,
    /** Everything there is for this person. */
    all: () =>
      attempt(async () => {
        if (!state.peek().session?.user.roles.some(role => !workers.includes(role))) return
        const me = await ask('consentMe', {})
        const words = state.peek().words ?? (await ask('consentWords', {}))
        change({ me, words })
        if (me.party) await Promise.all(own(me).map(work => work()))
      }),
  }
}
