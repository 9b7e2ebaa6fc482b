import { expect } from 'chai'
import {
  acts,
  type Entry,
  Forgery,
  type Gate,
  type Grant,
  isRefusal,
  type Ledger,
  openGate,
  type RefusalName,
  type Use,
} from '../consent/index.ts'
import { sealedFiles } from '../consent/kms.ts'
import { memory } from '../consent/log/storage.ts'
import { openVault } from '../consent/vault.ts'
import type { PersonEngine, VoiceEngine } from '../pipelines/dub/engine.ts'
import { openVoices, type Part } from '../pipelines/dub/voices.ts'
import { forgeries } from './consent-kit/permits.ts'
import { ask, emptyLedger, entry, ledgerOf, terms, withdrawal, yeses } from './support/consent.ts'

const { actor, ...use } = ask
const cast = (value: unknown) => value as Grant

async function key(gate: Gate, change: Partial<typeof ask> = {}): Promise<Grant> {
  const grant = await gate.permit({ ...ask, ...change })
  if (isRefusal(grant)) throw new Error(`refused: ${grant.refused}`)
  return grant
}

/** A gate whose ledger says yes, and a hand on its clock. */
function gateAt(start = 1000, entries: readonly Entry[] = yeses) {
  const clock = { now: start }
  return { gate: openGate(ledgerOf(entries), () => clock.now), clock }
}

describe('an empty gate', () => {
  for (const act of acts)
    it(`gives no key to ${act}, and says why`, async () => {
      expect(await openGate(emptyLedger, () => 1000).permit({ ...ask, act })).to.deep.equal({
        refused: 'no-consent',
      })
    })
})

describe('a gate', () => {
  it('gives a key that opens exactly what was asked, and tells whose voice and by which entries', async () => {
    const { gate } = gateAt()
    expect(await gate.redeem(await key(gate), use)).to.deep.equal({ actor, entries: ['e1', 'e2'] })
  })

  it('is frozen', () => {
    expect(Object.isFrozen(gateAt().gate)).to.equal(true)
  })

  it('keeps the ledger it was opened with', async () => {
    const ledger: { -readonly [name in keyof Ledger]: Ledger[name] } = { ...emptyLedger }
    const gate = openGate(ledger, () => 1000)
    ledger.about = ledgerOf(yeses).about
    expect(await gate.permit(ask)).to.deep.equal({ refused: 'no-consent' })
  })

  it('foretells what it would permit without giving a key', async () => {
    const { line, text, ...about } = ask
    expect(await gateAt().gate.outlook(about)).to.deep.equal({ actor, entries: ['e1', 'e2'] })
    expect(await gateAt(1000, []).gate.outlook(about)).to.deep.equal({ refused: 'no-consent' })
  })

  const failures: readonly [sentence: string, ledger: Ledger['about'], clock: () => number, RefusalName][] = [
    ['the ledger throws', () => Promise.reject(new Error('down')), () => 1000, 'no-ledger'],
    [
      'the ledger throws at once',
      () => {
        throw new Error('down')
      },
      () => 1000,
      'no-ledger',
    ],
    [
      'the ledger gives nothing',
      async () => undefined as unknown as ReturnType<Ledger['about']>,
      () => 1000,
      'no-ledger',
    ],
    [
      'the ledger gives what is no entry',
      ledgerOf([null as unknown as Entry]).about,
      () => 1000,
      'no-ledger',
    ],
    [
      'the clock throws',
      ledgerOf(yeses).about,
      () => {
        throw new Error('no time')
      },
      'no-clock',
    ],
    ['the clock gives no number', ledgerOf(yeses).about, () => Number.NaN, 'no-clock'],
    ['the clock never ends', ledgerOf(yeses).about, () => Number.POSITIVE_INFINITY, 'no-clock'],
  ]
  for (const [sentence, about, clock, refused] of failures)
    it(`refuses everything when ${sentence}`, async () => {
      expect(await openGate({ ...emptyLedger, about }, clock).permit(ask)).to.deep.equal({ refused })
    })

  it('does not open an earlier key when the ledger fails', async () => {
    let down = false
    const about: Ledger['about'] = async (...who) => {
      if (down) throw new Error('down')
      return ledgerOf(yeses).about(...who)
    }
    const gate = openGate({ ...emptyLedger, about }, () => 1000)
    const grant = await key(gate)
    down = true
    expect(await gate.redeem(grant, use)).to.deep.equal({ refused: 'no-ledger' })
  })

  it('does not open an earlier key once the yes is withdrawn', async () => {
    const entries = [...yeses]
    const { gate } = gateAt(1000, entries)
    const grant = await key(gate)
    entries.push(withdrawal('e1'))
    expect(await gate.redeem(grant, use)).to.deep.equal({ refused: 'withdrawn' })
  })

  it('does not open a key of an earlier epoch, even where the change would allow it', async () => {
    const entries = [...yeses]
    const { gate } = gateAt(1000, entries)
    const grant = await key(gate)
    entries.push(entry('grant', 'e7'))
    expect(await gate.redeem(grant, use)).to.deep.equal({ refused: 'epoch-moved' })
  })

  it('alarms and gives no key when two readings of the consents disagree', async () => {
    let looks = 0
    const fickle = {
      ...yeses[2],
      get terms() {
        return looks++ < 40 ? terms : { ...terms, title: 'tanuki' }
      },
    } as Entry
    const alarms: unknown[] = []
    const two = [...yeses.slice(0, 2), fickle, ...yeses.slice(3)]
    const gate = openGate(
      ledgerOf(two),
      () => 1000,
      asked => alarms.push(asked.line),
    )
    const seen = new Set<string>()
    for (const tries of Array.from({ length: 60 }, (_, at) => at)) {
      looks = tries
      const answer = await gate.permit(ask)
      seen.add(isRefusal(answer) ? answer.refused : 'grant')
    }
    looks = 0
    const deaf = openGate(ledgerOf(two), () => 1000)
    const answers = []
    for (looks = 0; answers.length < 60; looks = answers.length) answers.push(await deaf.permit(ask))
    expect(answers).to.deep.include({ refused: 'disagreement' })
    expect([...seen]).to.include('disagreement')
    expect(alarms).to.include('l1')
  })

  /** A book whose tallies are counted up between the two readings: `reads` looks at `id` are before. */
  const turning = (id: string, reads: number, before: 'used up' | 'unused'): Ledger['about'] => {
    const full = { lines: new Set(Array.from({ length: 10 }, (_, at) => `line ${at}`)), milliseconds: 0 }
    let looks = 0
    const get = (of: string) => (of === id && looks++ < reads === (before === 'used up') ? full : undefined)
    return async (...who) => ({ ...(await ledgerOf(yeses).about(...who)), tallies: { get } as never })
  }
  const disagreements: readonly [sentence: string, about: Ledger['about']][] = [
    ['the first reading refuses what the second allows', turning('e1', 1, 'used up')],
    ['the second reading refuses the licence of the first', turning('e2', 2, 'unused')],
    ['the second reading refuses the grant of the first', turning('e1', 2, 'unused')],
  ]
  for (const [sentence, about] of disagreements)
    it(`alarms and gives no key when ${sentence}`, async () => {
      const alarms: unknown[] = []
      const gate = openGate(
        { ...emptyLedger, about },
        () => 1000,
        asked => alarms.push(asked.line),
      )
      expect(await gate.permit(ask)).to.deep.equal({ refused: 'disagreement' })
      expect(alarms).to.deep.equal(['l1'])
    })

  it('is at one with itself about a yes that no licence stands beside', async () => {
    const alarms: unknown[] = []
    const gate = openGate(
      ledgerOf(yeses.slice(0, 3)),
      () => 1000,
      asked => alarms.push(asked),
    )
    expect(await gate.permit(ask)).to.deep.equal({ refused: 'no-licence' })
    expect(alarms).to.deep.equal([])
  })

  it('believes no clock that fails once', async () => {
    const times = [1000, Number.NaN, 1000]
    const gate = openGate(ledgerOf(yeses), () => times.shift() ?? 1000)
    const grant = await key(gate)
    expect(await gate.redeem(grant, use)).to.deep.equal({ refused: 'no-clock' })
  })

  it('gives no key when the yes runs out while the ledger thinks', async () => {
    const clock = { now: 8_999_999 }
    const about: Ledger['about'] = async (...who) => {
      clock.now = 10_000_000
      return ledgerOf(yeses).about(...who)
    }
    expect(await openGate({ ...emptyLedger, about }, () => clock.now).permit(ask)).to.deep.equal({
      refused: 'expired',
    })
  })

  it('believes no clock that has moved back, until it has caught up', async () => {
    const { gate, clock } = gateAt(8_000_000)
    const grant = await key(gate)
    clock.now = 1000
    expect(await gate.permit(ask)).to.deep.equal({ refused: 'no-clock' })
    expect(await gate.redeem(grant, use)).to.deep.equal({ refused: 'no-clock' })
    clock.now = 8_000_000
    expect(isRefusal(await gate.permit(ask))).to.equal(false)
  })

  it('opens a key at the last instant of its five minutes and not after', async () => {
    const { gate, clock } = gateAt()
    const [early, late] = [await key(gate), await key(gate)]
    clock.now = 1000 + 299_999
    expect(isRefusal(await gate.redeem(early, use))).to.equal(false)
    clock.now = 1000 + 300_000
    expect(await gate.redeem(late, use)).to.deep.equal({ refused: 'stale' })
  })

  it('opens a key once, even when two hands turn it at the same time', async () => {
    const { gate } = gateAt()
    const grant = await key(gate)
    const answers = await Promise.all([gate.redeem(grant, use), gate.redeem(grant, use)])
    expect(answers[0]).to.have.property('actor')
    expect(answers[1]).to.deep.equal({ refused: 'spent' })
  })

  it('lets nobody try a key in many locks', async () => {
    const { gate } = gateAt()
    const grant = await key(gate)
    expect(await gate.redeem(grant, { ...use, line: 'l2' })).to.deep.equal({ refused: 'another-use' })
    expect(await gate.redeem(grant, use)).to.deep.equal({ refused: 'spent' })
  })

  it('reads an ask once, so that one that changes while it is looked at gains nothing', async () => {
    const { gate } = gateAt()
    const lines = ['l1', 'l2']
    const sly = {
      ...ask,
      get line() {
        return lines.shift() ?? 'l3'
      },
    }
    const grant = await gate.permit(sly)
    expect(lines).to.deep.equal(['l2'])
    expect(isRefusal(await gate.redeem(grant as Grant, use))).to.equal(false)
  })

  const others: readonly [axis: string, change: Partial<Use>][] = [
    ['line', { line: 'l2' }],
    ['text', { text: 'Goodbye.' }],
    ['language', { language: 'es' }],
    ['character', { character: 'ソラ' }],
    ['title', { title: 'tanuki' }],
    ['episode', { episode: '2' }],
    ['act', { act: 'deliver' }],
  ]
  for (const [axis, change] of others)
    it(`does not open a key for another ${axis}`, async () => {
      const { gate } = gateAt()
      expect(await gate.redeem(await key(gate), { ...use, ...change })).to.deep.equal({
        refused: 'another-use',
      })
    })
})

describe('what was made with a grant', () => {
  const made = { asker: 'lead-1', milliseconds: 900, output: 'digest' }
  async function openedKey(entries: readonly Entry[] = yeses, uses: unknown[] = []) {
    const clock = { now: 1000 }
    const gate = openGate(ledgerOf(entries, uses), () => clock.now)
    const grant = await key(gate)
    await gate.redeem(grant, use)
    return { gate, grant, clock }
  }

  it('is kept once, after its use was entered', async () => {
    const uses: unknown[] = []
    const { gate, grant } = await openedKey(yeses, uses)
    expect(await gate.commit(grant, made, async () => uses.length)).to.deep.equal({ kept: 1 })
    expect(uses).to.deep.equal([{ grant: 'e1', licence: 'e2', ...made }])
    expect(await gate.commit(grant, made, async () => 'again')).to.deep.equal({ refused: 'spent' })
    expect(uses).to.have.length(1)
  })

  const changes: readonly [sentence: string, refused: RefusalName, change: Entry][] = [
    ['the actor withdraws', 'withdrawn', withdrawal('e1')],
    ['the holder withdraws', 'withdrawn', withdrawal('e2')],
    ['the actor withdraws everything', 'withdrawn', entry('withdrawal', 'w')],
    ['the actor has the key destroyed', 'withdrawn', entry('erasure', 'w')],
    ['the actor pauses', 'suspended', entry('suspension', 'e9')],
    ['the actor says no', 'refused-by-actor', entry('refusal', 'e9')],
    ['another yes comes', 'epoch-moved', entry('grant', 'e9')],
  ]
  for (const [sentence, refused, change] of changes)
    it(`is not kept when, meanwhile, ${sentence}`, async () => {
      const entries = [...yeses]
      const uses: unknown[] = []
      const { gate, grant } = await openedKey(entries, uses)
      entries.push(change)
      let kept = false
      const keep = async () => {
        kept = true
      }
      expect(await gate.commit(grant, made, keep)).to.deep.equal({ refused })
      expect([kept, uses]).to.deep.equal([false, []])
    })

  it('is not kept when its use can’t be entered', async () => {
    const about = ledgerOf(yeses).about
    const gate = openGate({ ...emptyLedger, about }, () => 1000)
    const grant = await key(gate)
    await gate.redeem(grant, use)
    expect(await gate.commit(grant, made, async () => 'kept')).to.deep.equal({ refused: 'no-ledger' })
  })

  it('is not kept with a grant that was never opened, is a forgery, or is too old', async () => {
    const { gate } = gateAt()
    const grant = await key(gate)
    expect(await gate.commit(grant, made, async () => 'kept')).to.deep.equal({ refused: 'unopened' })
    const thrown = await gate.commit(cast({}), made, async () => 'kept').catch((error: unknown) => error)
    expect(thrown).to.be.instanceOf(Forgery).with.property('name', 'Forgery')
    expect(String(thrown)).to.include('no grant of this gate')
    const old = await openedKey()
    old.clock.now = 301_000
    expect(await old.gate.commit(old.grant, made, async () => 'kept')).to.deep.equal({ refused: 'stale' })
    const back = await openedKey()
    back.clock.now = 999
    expect(await back.gate.commit(back.grant, made, async () => 'kept')).to.deep.equal({
      refused: 'no-clock',
    })
  })

  for (const [milliseconds, refused] of [
    [60_001, 'too-many-seconds'],
    [Number.NaN, 'another-use'],
    [-1, 'another-use'],
  ] as const)
    it(`is not kept when it is ${milliseconds} ms long`, async () => {
      const { gate, grant } = await openedKey()
      expect(await gate.commit(grant, { ...made, milliseconds }, async () => 'kept')).to.deep.equal({
        refused,
      })
    })

  it('is kept when nothing can be heard in it', async () => {
    const { gate, grant } = await openedKey()
    expect(await gate.commit(grant, { ...made, milliseconds: 0 }, async () => 1)).to.deep.equal({ kept: 1 })
  })

  it('says what failed when the keeping failed, and stays spent', async () => {
    const { gate, grant } = await openedKey()
    const failing = async () => {
      throw new Error('disk full')
    }
    expect(await gate.commit(grant, made, failing).catch((error: Error) => error.message)).to.equal(
      'disk full',
    )
    expect(await gate.commit(grant, made, async () => 'kept')).to.deep.equal({ refused: 'spent' })
  })
})

describe('no forgery', () => {
  for (const [sentence, make] of forgeries)
    it(`made as ${sentence} opens the gate`, async () => {
      const { gate } = gateAt()
      const grant = await key(gate)
      const thrown = await gate.redeem(cast(make(grant)), use).catch((error: unknown) => error)
      expect(thrown).to.be.instanceOf(Forgery)
      expect(await gate.redeem(grant, use), 'the true one still does').to.have.property('actor')
    })

  it('made by another gate with a lying ledger opens this one', async () => {
    const lying = openGate(ledgerOf(yeses), () => 1000)
    const thrown = await openGate(emptyLedger, () => 1000)
      .redeem(await key(lying), use)
      .catch((error: unknown) => error)
    expect(thrown).to.be.instanceOf(Forgery)
  })

  it('can change a true grant', async () => {
    const { gate } = gateAt()
    const grant = await key(gate)
    expect(Object.isFrozen(grant)).to.equal(true)
    expect(Reflect.set(grant, 'line', 'l2')).to.equal(false)
    expect(Reflect.setPrototypeOf(grant, {})).to.equal(false)
    expect(Reflect.ownKeys(grant)).to.deep.equal([])
  })
})

describe('the door to a voice', () => {
  const line: Part['line'] = {
    id: 'l1',
    speaker: 'ヒナ',
    start: 0,
    end: 1000,
    phrases: [{ start: 0, end: 1000, text: 'Hello.' }],
  }
  const scene = { title: 'kitsune', episode: '1', language: 'en' }
  const persons: Part = { ...scene, line, voice: { kind: 'person', actor: 'actor-1' } }

  function door(gate: Gate) {
    const calls: string[] = []
    const engine: VoiceEngine = {
      name: 'spy',
      identity: 'spy 1',
      licence: 'none',
      presets: [{ preset: 'robot', languages: ['en'], says: 'A robot.' }],
      speak: async ({ text, preset }) => {
        calls.push(`${preset}: ${text}`)
        return { samples: new Float32Array(100), sampleRate: 48000 }
      },
    }
    const voices = openVoices(gate, [engine])
    const speak = (part: Part, grant?: unknown) =>
      voices.speak(part, [1], cast(grant), new AbortController().signal)
    return { voices, speak, calls }
  }

  it('lets a voice that is nobody’s speak without a grant', async () => {
    const { speak, calls } = door(gateAt().gate)
    const answer = await speak({ ...persons, voice: { kind: 'nobody', engine: 'spy', preset: 'robot' } })
    expect(answer).to.have.property('sounds')
    expect(calls).to.deep.equal(['robot: Hello.'])
  })

  for (const [sentence, make] of forgeries)
    it(`stays shut before a person’s voice with ${sentence}`, async () => {
      const { gate } = gateAt()
      const { speak, calls } = door(gate)
      const answer = await speak(persons, make(await key(gate))).catch((error: unknown) => error)
      if (!(answer instanceof Forgery)) expect(answer).to.deep.equal({ withheld: 'no-grant' })
      expect(calls).to.deep.equal([])
    })

  const shut: readonly [
    sentence: string,
    withheld: string,
    change: Partial<typeof ask>,
    part?: Partial<Part>,
  ][] = [
    ['for another line', 'another-use', { line: 'l2' }],
    ['for other words', 'another-use', { text: 'Hello!' }],
    ['for another character', 'another-use', {}, { line: { ...line, speaker: 'ソラ' } }],
    ['for another language', 'another-use', { language: 'es' }],
    ['for another episode', 'another-use', { episode: '2' }],
    ['for another title', 'another-use', {}, { title: 'tanuki' }],
    ['to mix', 'another-use', { act: 'mix' }],
    ['for another actor’s voice', 'other-actor', {}, { voice: { kind: 'person', actor: 'actor-2' } }],
    ['that is right, as no engine speaks with a person’s voice yet', 'no-engine', {}],
  ]
  for (const [sentence, withheld, change, part] of shut)
    it(`stays shut with a true grant ${sentence}`, async () => {
      const { gate } = gateAt()
      const { speak, calls } = door(gate)
      expect(await speak({ ...persons, ...part }, await key(gate, change))).to.deep.equal({ withheld })
      expect(calls).to.deep.equal([])
    })

  it('stays shut without a grant', async () => {
    const { speak, calls } = door(gateAt().gate)
    expect(await speak(persons)).to.deep.equal({ withheld: 'no-grant' })
    expect(calls).to.deep.equal([])
  })

  it('stays shut with a grant that was used, is too old, or whose yes was withdrawn', async () => {
    const entries = [...yeses]
    const { gate, clock } = gateAt(1000, entries)
    const { speak, calls } = door(gate)
    const [used, old, withdrawn] = [await key(gate), await key(gate), await key(gate)]
    await speak(persons, used)
    expect(await speak(persons, used)).to.deep.equal({ withheld: 'spent' })
    entries.push(withdrawal('e2'))
    expect(await speak(persons, withdrawn)).to.deep.equal({ withheld: 'withdrawn' })
    clock.now += 300_000
    expect(await speak(persons, old)).to.deep.equal({ withheld: 'stale' })
    expect(calls).to.deep.equal([])
  })

  const strangers: readonly [sentence: string, voice: unknown][] = [
    ['an engine nobody wired', { kind: 'nobody', engine: 'other', preset: 'robot' }],
    ['a preset its engine did not declare', { kind: 'nobody', engine: 'spy', preset: 'actor-1' }],
    ['a preset with a name of the language itself', { kind: 'nobody', engine: 'spy', preset: '__proto__' }],
    ['a kind of voice nobody knows', { kind: 'somebody', engine: 'spy', preset: 'robot' }],
  ]
  for (const [sentence, voice] of strangers)
    it(`stays shut before ${sentence}`, async () => {
      const { speak, calls } = door(gateAt().gate)
      expect(await speak({ ...persons, voice: voice as Part['voice'] })).to.not.have.property('sounds')
      expect(calls).to.deep.equal([])
    })

  it('stays shut before a preset that its engine adds after the door was opened', async () => {
    const presets = [{ preset: 'robot', languages: ['en'], says: 'A robot.' }]
    let calls = 0
    const speak = async () => {
      calls++
      return { samples: new Float32Array(1), sampleRate: 48000 }
    }
    const late: VoiceEngine = { name: 'late', identity: 'late 1', licence: 'none', presets, speak }
    const voices = openVoices(gateAt().gate, [late])
    presets.push({ preset: 'actor-1', languages: ['en'], says: 'Somebody.' })
    const voice = { kind: 'nobody', engine: 'late', preset: 'actor-1' } as const
    const answer = await voices.speak({ ...persons, voice }, [1], undefined, new AbortController().signal)
    expect(answer).to.deep.equal({ unspoken: 'no-voice' })
    expect(calls).to.equal(0)
  })

  it('has standings that change with every permission of a cast person, and with no other', async () => {
    const entries: Entry[] = []
    const { gate, clock } = gateAt(1000, entries)
    const { voices } = door(gate)
    const wish = { ...scene, cast: [{ character: 'ヒナ', voice: persons.voice }] }
    const stands = async () => JSON.stringify(await voices.standing(wish, 'en'))
    const seen = [await stands()]
    entries.push(...yeses)
    seen.push(await stands())
    expect(await stands()).to.equal(seen[1])
    entries.push(entry('refusal', 'n', { by: 'actor-2', actor: 'actor-2' }))
    expect(await stands()).to.equal(seen[1])
    entries.push(withdrawal('e1'))
    seen.push(await stands())
    entries.push(entry('grant', 'e9', { terms: { ...terms, acts: ['speak'] } }))
    seen.push(await stands())
    clock.now = 10_000_000
    seen.push(await stands())
    expect(new Set(seen).size).to.equal(5)
  })

  describe('with a recording of the person and an engine that speaks after it', () => {
    const wav = new TextEncoder().encode('a recording')
    /** A door behind which a person's voice lies, a spy in the place of the engine, and a disk that takes notes. */
    async function personal(entries: readonly Entry[] = yeses, uses: unknown[] = []) {
      const clock = { now: 1000 }
      const gate = openGate(ledgerOf(entries, uses), () => clock.now)
      const files = new Map<string, Uint8Array>()
      const kms = sealedFiles(memory(new Map()), new Uint8Array(32).fill(7))
      const vault = openVault(memory(files), kms, gate, {
        entries: () => entries,
        tell: async () => {
          throw new Error('nothing is told')
        },
      })
      const name = await vault.seal(actor, wav)
      const heard: string[] = []
      const engine: PersonEngine = {
        name: 'after',
        identity: 'after 1',
        licence: 'none',
        speak: async ({ text, reference }) => {
          heard.push(`${text} after ${new TextDecoder().decode(reference)}`)
          return { samples: new Float32Array(4800).fill(0.1), sampleRate: 48_000 }
        },
      }
      const voices = openVoices(gate, [], {
        vault,
        engines: [engine],
        reference: async of => (of === actor ? { name, digest: 'd' } : undefined),
      })
      const speak = (part: Part, grant?: unknown) =>
        voices.speak(part, [1], cast(grant), new AbortController().signal)
      const kept: Uint8Array[] = []
      const at = {
        keepBytes: async (bytes: Uint8Array, type: string) => {
          kept.push(bytes)
          return { digest: 'c'.repeat(64), bytes: bytes.length, type }
        },
      }
      const made = {
        wav: () => new TextEncoder().encode('a take in clear'),
        milliseconds: 900,
        asker: 'lead-1',
        at,
      }
      return { gate, clock, voices, speak, heard, kept, made, vault }
    }

    it('speaks after the recording of whom the grant is of', async () => {
      const { gate, speak, heard } = await personal()
      expect(await speak(persons, await key(gate))).to.have.property('sounds')
      expect(heard).to.deep.equal(['Hello. after a recording'])
    })

    for (const [sentence, make] of forgeries)
      it(`stays shut before ${sentence}, and nothing speaks`, async () => {
        const { gate, speak, heard } = await personal()
        const answer = await speak(persons, make(await key(gate))).catch((error: unknown) => error)
        if (!(answer instanceof Forgery)) expect(answer).to.deep.equal({ withheld: 'no-grant' })
        expect(heard).to.deep.equal([])
      })

    it('stays shut before a grant of another gate, whose ledger lies', async () => {
      const { speak, heard } = await personal([])
      const thrown = await speak(persons, await key(gateAt().gate)).catch((error: unknown) => error)
      expect(thrown).to.be.instanceOf(Forgery)
      expect(heard).to.deep.equal([])
    })

    for (const [sentence, , change, part] of shut.slice(0, -2))
      it(`stays shut with a true grant ${sentence}, and nothing speaks`, async () => {
        const { gate, speak, heard } = await personal()
        const answer = await speak({ ...persons, ...part }, await key(gate, change))
        expect(answer).to.deep.equal({ withheld: 'another-use' })
        expect(heard).to.deep.equal([])
      })

    it('stays shut before another person’s part, whatever grant is held up', async () => {
      const { gate, speak, heard } = await personal()
      const part: Part = { ...persons, voice: { kind: 'person', actor: 'actor-2' } }
      expect(await speak(part, await key(gate))).to.deep.equal({ withheld: 'other-actor' })
      expect(heard).to.deep.equal([])
    })

    it('stays shut with a grant that was used, is too old, whose epoch or clock has moved, or that was withdrawn', async () => {
      const entries = [...yeses]
      const { gate, speak, heard, clock } = await personal(entries)
      const [used, moved, back, old] = [await key(gate), await key(gate), await key(gate), await key(gate)]
      await speak(persons, used)
      expect(await speak(persons, used)).to.deep.equal({ withheld: 'spent' })
      entries.push(entry('grant', 'e7'))
      expect(await speak(persons, moved)).to.deep.equal({ withheld: 'epoch-moved' })
      clock.now = 1
      expect(await speak(persons, back)).to.deep.equal({ withheld: 'no-clock' })
      clock.now = 301_000
      expect(await speak(persons, old)).to.deep.equal({ withheld: 'stale' })
      const last = await key(gate)
      entries.push(entry('withdrawal', 'w', { of: [] }))
      expect(await speak(persons, last)).to.deep.equal({ withheld: 'withdrawn' })
      expect(heard).to.have.length(1)
    })

    it('keeps a take sealed and entered in the register, with whose leave and after which recording', async () => {
      const uses: unknown[] = []
      const { gate, speak, kept, made } = await personal(yeses, uses)
      const spoken = await speak(persons, await key(gate))
      if (!('keep' in spoken)) throw new Error('it was not spoken')
      const answer = await spoken.keep(made)
      expect(answer)
        .to.have.property('by')
        .deep.equal({
          entries: ['e1', 'e2'],
          reference: 'd',
          engine: 'after 1',
        })
      expect(answer).to.have.property('sound').that.has.property('sealed')
      expect(Buffer.concat(kept).includes('a take in clear')).to.equal(false)
      expect(uses).to.have.length(1)
      expect(uses[0]).to.include({ grant: 'e1', licence: 'e2', asker: 'lead-1', milliseconds: 900 })
      expect(await spoken.keep(made)).to.deep.equal({ withheld: 'spent' })
    })

    it('keeps nothing of what was spoken before the yes was withdrawn', async () => {
      const [entries, uses] = [[...yeses], [] as unknown[]]
      const { gate, speak, kept, made } = await personal(entries, uses)
      const spoken = await speak(persons, await key(gate))
      if (!('keep' in spoken)) throw new Error('it was not spoken')
      entries.push(withdrawal('e1'))
      expect(await spoken.keep(made)).to.deep.equal({ withheld: 'withdrawn' })
      expect([kept, uses]).to.deep.equal([[], []])
    })

    it('says so when there is no recording, and spends the grant', async () => {
      const { gate, vault } = await personal()
      const engine: PersonEngine = {
        ...{ name: 'after', identity: 'after 1', licence: 'none' },
        speak: async () => expect.fail('it spoke'),
      }
      const bare = openVoices(gate, [], { vault, engines: [engine], reference: async () => undefined })
      const grant = await key(gate)
      const speak = () => bare.speak(persons, [1], grant, new AbortController().signal)
      expect(await speak()).to.deep.equal({ withheld: 'no-reference' })
      expect(await speak()).to.deep.equal({ withheld: 'spent' })
    })
  })

  it('looks again at the moment of use, take by take', async () => {
    const entries = [...yeses]
    const { voices } = door(gateAt(1000, entries).gate)
    const sound = { digest: 'd', bytes: 1, type: 'audio/wav' }
    const span = { start: 0, end: 1000, state: 'spoken', sound, stretch: 1 } as const
    const takes = [
      { ...span, line: 'l1', voice: persons.voice },
      { ...span, line: 'l1', voice: { kind: 'nobody', engine: 'spy', preset: 'robot' } },
      { ...span, line: 'gone', voice: persons.voice },
    ] as const
    const states = async () =>
      (await voices.lastLook('hear', scene, [line], takes)).map(take =>
        take.state === 'withheld' ? take.refusal : take.state,
      )
    expect(await states()).to.deep.equal(['spoken', 'spoken', 'another-use'])
    entries.push(withdrawal('e1'))
    expect(await states()).to.deep.equal(['withdrawn', 'spoken', 'another-use'])
  })
})
