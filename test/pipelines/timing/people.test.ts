import { expect } from 'chai'
import { phonesSaid } from '../../../pipelines/timing/model/train/people-phones.ts'
import { scoreOf } from '../../support/mouth-score.ts'
import { people } from '../../support/people.ts'
import { rhubarbAllows, type TrueSpeech } from '../../support/truth.ts'

describe('the truth about people’s mouths', () => {
  for (const name of ['61-70968-0000', '1688-142285-0004'])
    describe(`of ${name}`, () => {
      const [person] = people(name)
      const level = (from: number, to: number, value: (at: number) => number) => {
        const values = Array.from({ length: Math.round((to - from) * 16) }, (_, at) => value(at + from * 16))
        return values.reduce((sum, one) => sum + one * one, 0) / values.length
      }
      /** Of the sounds that are meant, in their middle 30 ms: how loud, and how much of that is hiss. */
      const heardOf = (ipa: RegExp) => {
        const samples = person?.samples ?? new Float32Array()
        const rows = (person?.phones ?? []).filter(phone => ipa.test(phone.ipa))
        const measured = rows.map(({ start, end }) => {
          const middle = (start + end) / 2
          const power = level(middle - 15, middle + 15, at => samples[at] ?? 0)
          const steps = level(middle - 15, middle + 15, at => (samples[at] ?? 0) - (samples[at - 1] ?? 0))
          return { power, hiss: steps / power }
        })
        const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? 0
        return { power: median(measured.map(one => one.power)), hiss: median(measured.map(one => one.hiss)) }
      }

      it('has vowels loud, stops quiet and s hissing', function () {
        if (!person) return this.skip()
        const [vowel, stop, s] = [heardOf(/^[aæɑɔeɛoʌɪiuʊ]/), heardOf(/^[ptk]/), heardOf(/^s/)]
        expect(vowel.power).to.be.above(10 * stop.power)
        expect(s.hiss).to.be.above(5 * vowel.hiss)
      })

      it('has a sound begin where a word does when whole words are aligned', function () {
        if (!person) return this.skip()
        const said = phonesSaid(person.samples, person.text)
        const starts = said?.phones.filter(phone => phone.name !== 'SIL').map(({ start }) => start) ?? []
        const words = said?.words ?? []
        const near = words.filter(({ start }) => starts.some(at => Math.abs(at - start) <= 50))
        expect(near.length / words.length).to.be.above(0.9)
      })
    })

  it('is not made up where other words are said', function () {
    const [person] = people('fleurs-en-003')
    if (!person) return this.skip()
    const long = 'and so my fellow americans ask not what your country can do for you '.repeat(6)
    expect(phonesSaid(person.samples, long)).to.equal(undefined)
  })
})

describe('the judge of mouths', () => {
  const phone = (ipa: string, start: number, end: number) => ({ ipa, start, end })
  const mama: TrueSpeech = {
    text: 'mama',
    language: 'en-US',
    samples: new Float32Array(16 * 600),
    phones: [phone('m', 100, 200), phone('ɑ', 200, 300), phone('m', 300, 400), phone('ɑ', 400, 500)],
  }
  const letters = (text: string) => [...text].flatMap(letter => Array<string>(10).fill(letter))

  it('finds what is allowed, open and shut', () => {
    expect(scoreOf(mama, letters('XADADX'))).to.deep.equal({
      ...{ right: 0, open: 60, all: 60, allowed: 40, near: 40, spoken: 40, steady: 40, lasting: 40 },
      ...{ found: 2, closures: 2, heard: 2 },
    })
  })

  it('tells sounds that last from stops', () => {
    const papa = { ...mama, phones: mama.phones.map(one => (one.ipa === 'm' ? { ...one, ipa: 'p' } : one)) }
    expect(scoreOf(papa, letters('XXDXDX'))).to.include({ allowed: 20, spoken: 40, lasting: 20, steady: 20 })
    const cha = { ...mama, phones: mama.phones.map(one => (one.ipa === 'm' ? { ...one, ipa: 'tʃ' } : one)) }
    expect(scoreOf(cha, letters('XBDBDX'))).to.include({ lasting: 40, steady: 40 })
  })

  it('forgives 40 ms, and lips that meet 60 ms aside, but counts what was not there', () => {
    const late = ['X', 'X', 'X', 'X', 'X', ...letters('XADADX')].slice(0, 60)
    expect(scoreOf(mama, late)).to.include({ allowed: 20, near: 32, found: 2, heard: 2 })
    expect(scoreOf(mama, letters('XAAADX'))).to.include({ found: 1, closures: 2, heard: 1 })
    expect(scoreOf(mama, letters('AXDXAD'))).to.include({ found: 2, closures: 2, heard: 2 })
  })

  it('takes a sound’s length into account, as Rhubarb does', () => {
    expect(rhubarbAllows(phone('ʌ', 0, 100))).to.equal('C')
    expect(rhubarbAllows(phone('ʌ', 0, 250))).to.equal('D')
  })
})
