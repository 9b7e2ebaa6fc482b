import { expect } from 'chai'
import fc from 'fast-check'
import { padPhrase } from '../../../pipelines/timing/pad.ts'
import { type Plan, rateOf as paceOf, planLine, type Room } from '../../../pipelines/timing/plan.ts'
import { limit, relaxations, verdictOf } from '../../../pipelines/timing/weights.ts'
import { phraseSpans, windowsOf } from '../../../pipelines/timing/windows.ts'
import { words } from '../../support/lines.ts'
import { wording } from '../../support/wording.ts'

const roomOf = (windows: Room['windows'], more: Partial<Room> = {}): Room => ({
  windows,
  before: 0,
  after: 0,
  screen: 'unknown',
  ...more,
})
const two = roomOf([
  { start: 0, end: 1000 },
  { start: 1600, end: 2600 },
])
const textsOf = ({ phrases }: Plan) => phrases.map(({ text }) => text)
const rateOf = ({ phrases }: Plan) => paceOf(phrases)

describe('the windows of a line', () => {
  const line = { start: 0, end: 2000, words: [] }
  it('are where its words are, parted by pauses of more than 300 ms', () => {
    const spoken = words('Wait 0-400 for 700-900 me 1201-1500')
    expect(phraseSpans({ start: 0, end: 1500, words: spoken })).to.deep.equal([
      { start: 0, end: 900 },
      { start: 1201, end: 1500 },
    ])
  })
  it('are where speech is heard in it, when nobody timed its words', () => {
    const speech = [
      { start: -500, end: 900 },
      { start: 1300, end: 2400 },
    ]
    expect(windowsOf(line, { speech })).to.deep.equal([
      { start: 0, end: 900 },
      { start: 1300, end: 2000 },
    ])
  })
  it('are all of it, when next to nothing is heard in it', () => {
    expect(windowsOf(line, { speech: [{ start: 100, end: 900 }] })).to.deep.equal([{ start: 0, end: 2000 }])
  })
  it('are the flaps of its mouth, where there are some', () => {
    const flaps = [
      { start: 100, end: 400 },
      { start: 500, end: 900 },
    ]
    expect(windowsOf(line, { speech: [line] }, flaps)).to.deep.equal([{ start: 100, end: 900 }])
  })
})

describe('the plan of a line', () => {
  it('breaks where the sentence does', () => {
    expect(textsOf(planLine(wording('It went out. Where is he?', 2000), two))).to.deep.equal([
      'It went out.',
      'Where is he?',
    ])
  })

  it('breaks at a comma before any other place', () => {
    expect(textsOf(planLine(wording('Well then, my good old friend', 2000), two))).to.deep.equal([
      'Well then,',
      'my good old friend',
    ])
  })

  it('speaks through a pause for which the text has no good place', () => {
    const windows = [
      { start: 0, end: 300 },
      { start: 700, end: 2600 },
    ]
    const { phrases } = planLine(wording('Grandmother’s lantern', 2600), roomOf(windows))
    expect(phrases.map(({ start, end, text }) => ({ start, end, text }))).to.deep.equal([
      { start: 0, end: 2600, text: 'Grandmother’s lantern' },
    ])
  })

  it('takes a pause of the original before it hurries', () => {
    const { phrases } = planLine(wording('Wait there, now.', 2400), two)
    expect(Math.max(...phrases.map(({ rate }) => rate))).to.be.below(1.15)
  })

  it('leaves the original’s speech by 80 ms on screen, however much silence there is', () => {
    const window = { start: 1000, end: 2000 }
    const long = wording('far too long to be said', 3000)
    const on = planLine(long, roomOf([window], { before: 80, after: 80, screen: 'on' }))
    expect(on.phrases[0]).to.include({ start: 920, end: 2080 })
    expect(relaxations).to.deep.include({ on: { before: 80, after: 80 }, off: { before: 300, after: 300 } })
  })

  it('lets lips meet with the original’s where they are seen, and there alone', () => {
    const said = { closures: [0] }
    const windows = [{ start: 0, end: 1000 }]
    const cost = (screen: Room['screen'], closures: number[]) =>
      planLine(wording('mama', 1000, said), roomOf(windows, { screen, closures })).cost
    expect(cost('on', [500]) - cost('on', [0])).to.be.closeTo(0.15, 1e-9)
    expect(cost('off', [500])).to.equal(cost('off', [0]))
  })

  it('of a line too short is slowed to 0.85 and padded at its own full stops', () => {
    const short = wording('No. Never.', 850)
    const { phrases } = planLine(short, roomOf([{ start: 0, end: 1400 }]))
    expect(phrases[0]).to.include({ start: 0, end: 1000 })
    const parts = phrases.flatMap(phrase => padPhrase(phrase, short))
    expect(parts.map(({ text }) => text)).to.deep.equal(['No.', 'Never.'])
    expect(parts[0]?.start).to.equal(0)
    expect(parts.at(-1)?.end).to.be.within(1398, 1400)
    expect((parts[1]?.start ?? 0) - (parts[0]?.end ?? 0)).to.be.closeTo(400, 3)
  })

  it('of a long speech in many pauses is found at once', () => {
    const text = Array.from({ length: 120 }, (_, at) => `word${at}${at % 9 === 0 ? ',' : ''}`).join(' ')
    const windows = Array.from({ length: 20 }, (_, at) => ({ start: at * 2000, end: at * 2000 + 1500 }))
    const { phrases } = planLine(wording(text, 32_000), roomOf(windows))
    expect(phrases.map(phrase => phrase.text).join(' ')).to.equal(text)
  })

  const cases: readonly [rate: number, verdict: string][] = [
    [0.79, 'short'],
    [0.8, 'amber'],
    [0.85, 'ok'],
    [0.9, 'green'],
    [1.1, 'green'],
    [1.15, 'ok'],
    [1.25, 'amber'],
    [1.26, 'overlong'],
  ]
  for (const [rate, verdict] of cases)
    it(`is ${verdict} at ${rate}`, () => expect(verdictOf(rate)).to.equal(verdict))

  const token = fc.stringMatching(/^[a-z]{1,9}[,.!]?$/)
  const sentence = fc.array(token, { minLength: 1, maxLength: 14 }).map(tokens => tokens.join(' '))
  const windows = fc
    .array(fc.tuple(fc.integer({ min: 100, max: 1500 }), fc.integer({ min: 301, max: 900 })), {
      minLength: 1,
      maxLength: 5,
    })
    .map(rows => {
      let at = 1000
      return rows.map(([length, gap]) => {
        const start = at
        at += length + gap
        return { start, end: start + length }
      })
    })
  const speaking = fc.integer({ min: 100, max: 8000 })
  const silence = fc.integer({ min: 0, max: 300 })
  const screen = fc.constantFrom('on', 'off', 'unknown' as const)
  const limits = (room: Room): Room => ({
    ...room,
    before: Math.min(room.before, relaxations[room.screen].before),
    after: Math.min(room.after, relaxations[room.screen].after),
  })

  it('says all of the text, in order, in its room, without overlap, never slower than 0.85', () =>
    fc.assert(
      fc.property(
        sentence,
        windows,
        speaking,
        silence,
        silence,
        screen,
        (text, spans, ms, before, after, seen) => {
          const room = limits(roomOf(spans, { before, after, screen: seen }))
          const said = wording(text, ms)
          const phrases = planLine(said, room).phrases.flatMap(phrase => padPhrase(phrase, said))
          expect(phrases.map(phrase => phrase.text).join(' ')).to.equal(text)
          expect(phrases[0]?.start).to.be.within((spans[0]?.start ?? 0) - room.before, spans[0]?.start ?? 0)
          expect(phrases.at(-1)?.end).to.be.at.most((spans.at(-1)?.end ?? 0) + room.after)
          phrases.forEach((phrase, turn) => {
            expect(phrase.end).to.be.above(phrase.start)
            expect(phrase.start).to.be.at.least(phrases[turn - 1]?.end ?? 0)
            expect((phrase.end - phrase.start) * 0.85).to.be.at.most(phrase.speaking + 1)
          })
        },
      ),
      { numRuns: 300 },
    ))

  it('is cheaper or calmer for more silence around it, if it is another at all', () =>
    fc.assert(
      fc.property(
        sentence,
        windows,
        speaking,
        fc.tuple(silence, silence, silence, silence),
        screen,
        (text, spans, ms, [before, after, sooner, later], seen) => {
          const said = wording(text, ms)
          const plan = (early: number, late: number) =>
            planLine(said, limits(roomOf(spans, { before: early, after: late, screen: seen })))
          const [tight, wide] = [plan(before, after), plan(before + sooner, after + later)]
          if (wide.cost > tight.cost + 1e-9) expect(rateOf(wide)).to.be.below(rateOf(tight))
          if (rateOf(tight) <= limit) expect(rateOf(wide)).to.be.at.most(limit)
        },
      ),
      { numRuns: 300 },
    ))

  it('that can be said can be said when the original speaks longer, too', () =>
    fc.assert(
      fc.property(sentence, windows, speaking, fc.integer({ min: 0, max: 900 }), (text, spans, ms, more) => {
        const said = wording(text, ms)
        const longer = spans.map((span, at) =>
          at === spans.length - 1 ? { ...span, end: span.end + more } : span,
        )
        if (rateOf(planLine(said, roomOf(spans))) <= limit)
          expect(rateOf(planLine(said, roomOf(longer)))).to.be.at.most(limit)
      }),
      { numRuns: 300 },
    ))

  it('gives up a pause rather than a line that can be said without', () => {
    const text = 'lz, wplwkdlqp. bxgp, acasumvfn hx wvmqv. a dmvhq! fhqrxex alkgfcgl'
    const spans = [1000, 1443, 2206, 2977, 3765, 4839, 5280, 5814, 6409, 6774]
    const windows = [0, 2, 4, 6, 8].map(at => ({ start: spans[at] ?? 0, end: spans[at + 1] ?? 0 }))
    const room = roomOf(windows, { before: 80, after: 80, screen: 'on' })
    expect(rateOf(planLine(wording(text, 7126), room))).to.be.at.most(limit)
  })

  it('in a single window can only be said more calmly when the window is longer', () =>
    fc.assert(
      fc.property(
        sentence,
        fc.integer({ min: 100, max: 4000 }),
        fc.integer({ min: 0, max: 2000 }),
        speaking,
        silence,
        (text, length, more, ms, after) => {
          const said = wording(text, ms)
          const rate = (end: number) =>
            rateOf(planLine(said, limits(roomOf([{ start: 1000, end }], { after }))))
          expect(rate(1000 + length + more)).to.be.at.most(rate(1000 + length) + 1e-9)
        },
      ),
      { numRuns: 200 },
    ))

  it('is as cheap as the cheapest of all ways, tried one by one', () =>
    fc.assert(
      fc.property(
        fc.array(token, { minLength: 2, maxLength: 6 }),
        windows,
        fc.integer({ min: 500, max: 3000 }),
        (tokens, spans, ms) => {
          const said = wording(tokens.join(' '), ms)
          const few = spans.slice(0, 3)
          const plan = planLine(said, roomOf(few))
          const [cost, rate] = cheapest(said, roomOf(few))
          if (rate <= limit) expect(plan.cost).to.be.closeTo(cost, 1e-9)
          else expect(rateOf(plan)).to.be.at.most(rate + 1e-9)
        },
      ),
      { numRuns: 100 },
    ))
})

type Said = { readonly time: number; readonly slot: number }
/** The same without dynamic programming: every way to part the text over every way to join the windows. */
function cheapest(said: ReturnType<typeof wording>, room: Room): readonly [cost: number, rate: number] {
  const { windows } = room
  const count = said.pieces.length
  let best: readonly [cost: number, rate: number] = [Number.POSITIVE_INFINITY, 0]
  const whole = windows.reduce((sum, { start, end }) => sum + end - start, 0)
  const walk = (since: number, from: number, cost: number, so: Said, last: number | undefined): void => {
    if (since === windows.length && from === count && cost < best[0]) best = [cost, so.time / so.slot]
    for (let until = since + 1; until <= windows.length; until++)
      for (let to = from + 1; to <= count; to++) {
        if ((until === windows.length) !== (to === count)) continue
        const group = windows.slice(since, until)
        const text = said.pieces.slice(from, to)
        const part = { ...said, pieces: text, time: () => said.time(from, to), join: () => text.join(' ') }
        // One window, one piece: nothing is left to choose but what the plan of one phrase costs.
        const span = { start: group[0]?.start ?? 0, end: group.at(-1)?.end ?? 0 }
        const next = windows[until]
        const previous = windows[since - 1]
        const after = next ? Math.max(0, Math.min(300, next.start - span.end - 60)) : 0
        const before = previous ? Math.max(0, Math.min(80, span.start - previous.end - 60 - 300)) : 0
        const share = group.reduce((sum, { start, end }) => sum + end - start, 0) / whole
        for (const way of ways(part, group, before, after)) {
          const smooth =
            last === undefined ? 0 : 0.2 * Math.abs(Math.log(Math.max(0.85, way.rate) / Math.max(0.85, last)))
          const sign = text.at(-1) ?? ''
          const cut = until === windows.length ? 0 : /[.!]$/.test(sign) ? 0 : /,$/.test(sign) ? 0.08 : 0.5
          const sum = cost + share * way.cost + 0.12 * (group.length - 1) + cut + smooth
          walk(until, to, sum, { time: so.time + part.time(), slot: so.slot + way.slot }, way.rate)
        }
      }
  }
  walk(0, 0, 0, { time: 0, slot: 0 }, undefined)
  return best
}

function ways(part: ReturnType<typeof wording>, group: Room['windows'], before: number, after: number) {
  const [start, end] = [group[0]?.start ?? 0, group.at(-1)?.end ?? 0]
  const time = part.time(0, 0)
  const all = Math.min(before + after, Math.max(0, Math.ceil(time - (end - start))))
  const sums = Array.from({ length: Math.floor(all / 10) + 1 }, (_, at) => at * 10).concat(
    all === Math.max(0, Math.ceil(time - (end - start))) ? [all] : [],
  )
  return sums.map(sum => {
    const right = Math.min(sum, after)
    const left = sum - right
    const length = end - start + sum
    const rate = time / length
    const play = rate < 0.85 ? Math.floor(time / 0.85) : length
    const [from, to] = [start - left, start - left + play]
    const spoken = group.reduce((all, span) => all + span.end - span.start, 0)
    const both = group.reduce(
      (all, span) => all + Math.max(0, Math.min(to, span.end) - Math.max(from, span.start)),
      0,
    )
    const cost =
      Math.abs(Math.log(rate)) +
      4 * Math.max(0, Math.log(rate / 1.25)) +
      0.4 * (1 - both / (spoken + play - both)) +
      (0.25 * sum + 0.05 * left) / length
    return { rate, cost, slot: length }
  })
}
