import { link, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect } from 'chai'
import { alternatives, expand, nameMatcher } from '../../../../pipelines/subtitles/command/globs.ts'
import { rateOf } from '../../../../pipelines/subtitles/command/options.ts'
import { chance } from '../../../support/chance.ts'
import { openFolder } from '../../../support/folder.ts'
import { subtitlesIn } from '../../../support/subtitles-world.ts'

const srt = `1
00:00:01,000 --> 00:00:03,000
Well...  it is far.

2
00:00:03,200 --> 00:00:05,000
<i>Who knows?</i>
`
const ass = `[Script Info]
Title: Lamp Hill

[V4+ Styles]
Format: Name, Fontname, Fontsize, Alignment
Style: Default,Arial,20,2
Style: Sign,Arial,20,8

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.50,Default,Haru,0,0,0,,Hello, {\\fscx120}you.
Dialogue: 1,0:00:01.00,0:00:02.50,Sign,,0,0,0,,{\\pos(320,180)}CLOSED
`

/** Folders of this file's tests, gone when they are over. */
const opened: { close: () => Promise<void> }[] = []
async function emptyFolder(): Promise<string> {
  const folder = await openFolder()
  opened.push(folder)
  return folder.path
}
after(() => Promise.all(opened.map(folder => folder.close())))

describe('kotodama subtitles', () => {
  let folder = ''
  let kotodama: ReturnType<typeof subtitlesIn>
  beforeEach(async () => {
    folder = await emptyFolder()
    kotodama = subtitlesIn(folder)
    await writeFile(join(folder, 'one.en.srt'), srt)
    await writeFile(join(folder, 'two.ass'), ass)
  })
  const read = (name: string) => readFile(join(folder, name), 'utf8')

  describe('is asked', () => {
    const wrong: readonly [sentence: string, args: readonly string[], says: RegExp][] = [
      ['without a verb it knows', ['mend'], /no verb is called mend[\s\S]*convert/],
      ['without files', ['read'], /No file was named/],
      ['with an option the verb does not take', ['read', 'one.en.srt', '--house', 'bbc'], /--house/],
      ['for a pattern nothing is like', ['read', '*.stl'], /No file is like \*\.stl/],
      ['for a house nobody knows', ['check', 'one.en.srt', '--house', 'nobody'], /netflix, bbc/],
      ['for a rule nobody knows', ['check', 'one.en.srt', '--only', 'beauty'], /row-length/],
      ['for a rate that is none', ['check', 'one.en.srt', '--fps', '0'], /24, 25, 23\.976/],
      ['for a language that is none', ['check', 'one.en.srt', '--language', '!!'], /BCP 47/],
      ['for a format that is only a name', ['convert', 'one.en.srt', '--to', 'docx'], /srt, vtt/],
      ['for an encoding that is none', ['convert', 'one.en.srt', '--to', 'srt', '--encoding', 'x'], /utf-8/],
      [
        'for many files without a folder',
        ['convert', 'one.en.srt', 'two.ass', '--to', 'vtt'],
        /--out NAME\//,
      ],
      ['for many files in one', ['convert', 'one.en.srt', 'two.ass', '--out', 'x.vtt'], /many to write/],
      ['for a report and a file in one place', ['convert', 'one.en.srt', '--to', 'vtt', '--json'], /--out/],
      ['for sync with nothing', ['sync', 'one.en.srt'], /--with FILE/],
      ['for one side of a difference', ['diff', 'one.en.srt'], /BEFORE AFTER/],
    ]
    const recordings = ['--was', 'a.mkv', '--is', 'b.mkv']
    const places: readonly [args: readonly string[], says: RegExp][] = [
      [['sync', 'one.en.srt', '--with', 'film.mkv'], /--force/],
      [['fix', 'one.en.srt', '--media', 'film.mkv'], /--force/],
      [['reconform', 'one.en.srt', ...recordings], /--force/],
      [['songs', 'one.en.srt', ...recordings], /--force/],
    ]
    for (const [args, says] of places)
      it(`to ${args[0]} into a file that is there already: it says so before it listens to anything`, async () => {
        const never = () => Promise.reject(new Error('it listened'))
        const { code, err } = await subtitlesIn(folder, { listen: never, print: never })(
          ...args,
          '--out',
          'two.ass',
        )
        expect(code).to.equal(2)
        expect(err).to.match(says)
        expect(await read('two.ass')).to.equal(ass)
      })

    for (const [sentence, args, says] of wrong)
      it(`${sentence}: it says so and ends with 2`, async () => {
        const { code, err } = await kotodama(...args)
        expect(code).to.equal(2)
        expect(err).to.match(says)
      })

    it('tells its verbs, and the options of each', async () => {
      expect((await kotodama('help')).out).to.match(/read[\s\S]*sync[\s\S]*diff/)
      expect(await kotodama('fix', '--help')).to.include({ code: 0 })
      expect((await kotodama('fix', '--help')).out).to.contain('--in-place')
    })
  })

  describe('reads', () => {
    it('what a file is', async () => {
      const { code, out } = await kotodama('read', 'two.ass')
      expect(out).to.match(/^two\.ass: .*utf-8, LF; 2 captions \(1 dialogue, 1 sign\); 00:00:01\.000 to/)
      expect(code).to.equal(0)
    })
    it('damage with its row and column, and ends with 1', async () => {
      await writeFile(join(folder, 'torn.srt'), srt.replace('00:00:05,000', '00:00:02,000'))
      const { code, out } = await kotodama('read', 'torn.srt')
      expect(code).to.equal(1)
      expect(out).to.match(/^torn\.srt:6:1: (?:warning|error) /m)
    })
    it('what no reader knows: it says so and ends with 2, after all others', async () => {
      await writeFile(join(folder, 'a.srt'), Buffer.from([0, 1, 2, 3]))
      const { code, out } = await kotodama('read', 'a.srt', 'gone.srt', 'one.en.srt')
      expect(code).to.equal(2)
      expect(out).to.match(
        /a\.srt: error unreadable[\s\S]*gone\.srt: error unreadable: There is no such file[\s\S]*one\.en/,
      )
    })
    it('the whole document, from which the very file is written again', async () => {
      const { bytes } = await kotodama('read', 'two.ass', '--document')
      const again = await subtitlesIn(folder, { piped: async () => bytes })('write', '-')
      expect(again.out).to.equal(ass)
    })
    it('as JSON, each file a row of facts', async () => {
      const { out } = await kotodama('read', 'one.en.srt', 'two.ass', '--json')
      const { files } = JSON.parse(out)
      expect(files.map((file: { format: string }) => file.format)).to.deep.equal(['srt', 'ass'])
      expect(files[1].styles).to.deep.equal(['Default', 'Sign'])
    })
    it('names that nothing on a terminal obeys', async () => {
      await writeFile(join(folder, 'a\u001b[31m.srt'), srt)
      expect((await kotodama('read', 'a*.srt')).out).to.not.contain('\u001b')
    })
  })

  describe('converts', () => {
    it('and prints exactly what was lost, and of which captions', async () => {
      const { out, err, code } = await kotodama('convert', 'two.ass', '--to', 'srt')
      expect(out).to.contain('00:00:01,000 --> 00:00:02,500\n')
      expect(err).to.match(/two\.ass -> -: SubRip, lost:/)
      expect(err).to.match(/ {4}speaker \(#1\)/)
      expect(err).to.match(/ {4}exact position \(#2\)/)
      expect(code).to.equal(0)
    })
    it('and ends with 1 where that was asked for', async () => {
      expect((await kotodama('convert', 'two.ass', '--to', 'srt', '--strict')).code).to.equal(1)
    })
    it('many files into a folder, one by one', async () => {
      const { code, out } = await kotodama('convert', '*.{srt,ass}', '--to', 'vtt', '--out', 'new/')
      expect(code).to.equal(0)
      expect((await readdir(join(folder, 'new'))).sort()).to.deep.equal(['one.en.vtt', 'two.vtt'])
      expect(out).to.contain('two.ass -> new/two.vtt')
    })
    it('no two files into one', async () => {
      await writeFile(join(folder, 'two.srt'), srt)
      const { code, err } = await kotodama('convert', 'two.*', '--to', 'vtt', '--out', 'new/')
      expect([code, err]).to.satisfy(
        ([a, b]: [number, string]) => a === 2 && /would be called new\/two\.vtt/.test(b),
      )
    })
    it('by the ending of the file to write, in an encoding and with the row ends asked for', async () => {
      await kotodama('convert', 'one.en.srt', '--out', 'x.vtt', '--encoding', 'utf-16le', '--bom', '--crlf')
      const bytes = await readFile(join(folder, 'x.vtt'))
      expect([...bytes.subarray(0, 4)]).to.deep.equal([0xff, 0xfe, 0x57, 0])
      expect(bytes.toString('utf16le')).to.contain('WEBVTT\r\n')
    })
  })

  describe('never writes over', () => {
    const ways: readonly [string, (at: (name: string) => string) => Promise<unknown>, string][] = [
      ['what it read', async () => {}, 'one.en.srt'],
      ['what it read by another name', at => link(at('one.en.srt'), at('twin.srt')), 'twin.srt'],
      ['what it read through a link', at => symlink('one.en.srt', at('link.srt')), './link.srt'],
    ]
    for (const [what, prepare, target] of ways)
      it(`${what}, even when forced`, async () => {
        await prepare(name => join(folder, name))
        const { code, err } = await kotodama('fix', 'one.en.srt', '--out', target, '--force')
        expect(code).to.equal(2)
        expect(err).to.contain('--in-place')
        expect(await read('one.en.srt')).to.equal(srt)
      })
    it('another file, unless forced', async () => {
      expect((await kotodama('convert', 'one.en.srt', '--to', 'ass', '--out', 'two.ass')).code).to.equal(2)
      expect(await read('two.ass')).to.equal(ass)
      expect(
        (await kotodama('convert', 'one.en.srt', '--to', 'ass', '--out', 'two.ass', '--force')).code,
      ).to.equal(0)
      expect(await read('two.ass')).to.contain('Who knows?')
    })
    it('in place: through a link, which stays one, and leaving nothing beside', async () => {
      await symlink('one.en.srt', join(folder, 'link.srt'))
      await kotodama('fix', 'link.srt', '--in-place')
      expect(await read('one.en.srt')).to.contain('Well… it is far.')
      expect((await readdir(folder)).sort()).to.deep.equal(['link.srt', 'one.en.srt', 'two.ass'])
    })
  })

  describe('checks', () => {
    it('and names file, caption, time, severity and rule; 1 for findings, 0 for none', async () => {
      const { code, out } = await kotodama('check', 'one.en.srt')
      expect(code).to.equal(1)
      expect(out).to.match(/^one\.en\.srt: #1 00:00:01\.000: note ellipsis: An ellipsis is written …\.$/m)
      expect(await kotodama('check', 'one.en.srt', '--only', 'row-length')).to.include({ code: 0, out: '' })
    })
    it('explains the clause, the figures, and what the fix would do', async () => {
      const { out } = await kotodama('check', 'one.en.srt', '--explain', '--only', 'gap-flickers')
      expect(out).to.match(/clause: Netflix Timed Text Style Guide: en: Frame gap/)
      expect(out).to.match(/figures: gap 200, least 83, limit 500/)
      expect(out).to.match(
        /fix would:\n {6}- 00:00:01\.000 --> 00:00:03\.000\n {6}\+ 00:00:01\.000 --> 00:00:03\.083/,
      )
    })
    it('says nothing of frames where nobody knows the rate', async () => {
      await writeFile(join(folder, 'off.srt'), srt.replace('01,000', '01,017'))
      const rules = async (...more: string[]) =>
        JSON.parse((await kotodama('check', 'off.srt', '--json', ...more)).out).files[0].findings.map(
          ({ rule }: { rule: string }) => rule,
        )
      expect(await rules()).to.not.include('off-frame')
      expect(await rules('--fps', '23.976')).to.include('off-frame')
    })
    it('takes the language from the name, the file or the asker', async () => {
      await writeFile(join(folder, 'x.ja.srt'), srt)
      const language = async (...args: string[]) =>
        JSON.parse((await kotodama('check', '--json', ...args)).out).files[0].language
      expect(await language('one.en.srt')).to.equal('en')
      expect(await language('x.ja.srt')).to.equal('ja')
      expect(await language('x.ja.srt', '--language', 'pt-br')).to.equal('pt-BR')
    })
    it('leaves out what is milder, and rules nobody wants', async () => {
      expect((await kotodama('check', 'one.en.srt', '--least', 'warning')).out).to.not.contain('note ')
      expect((await kotodama('check', 'one.en.srt', '--skip', 'ellipsis')).out).to.not.contain('ellipsis:')
    })
    it('by a house of one’s own, with the change written down', async () => {
      const change = { row: 16 }
      const house = { name: 'ours', of: 'bbc', by: 'Mori', why: 'a narrow phone', change }
      await writeFile(join(folder, 'ours.json'), JSON.stringify(house))
      const { out } = await kotodama(
        'check',
        'one.en.srt',
        '--house',
        'ours.json',
        '--json',
        '--only',
        'row-length',
      )
      const [{ findings, changes }] = JSON.parse(out).files
      expect(findings[0].figures).to.deep.equal({ width: 19, limit: 16 })
      expect(changes).to.deep.equal([{ field: 'row', was: 37, now: 16, by: 'Mori', why: 'a narrow phone' }])
    })
    it('by a glossary: forbidden words, names misspelled, and terms the original has there', async () => {
      const terms = [
        { source: '灯屋', target: 'Akariya', language: 'en', keep: true, forbid: ['Lamp Shop'] },
        { source: '灯屋', target: 'La Lamparería', language: 'es', keep: true },
      ]
      const rows = (texts: readonly string[]) =>
        texts
          .map((text, i) => `${i + 1}\n00:00:0${i * 2},000 --> 00:00:0${i * 2 + 1},500\n${text}\n\n`)
          .join('')
      await writeFile(join(folder, 'terms.json'), JSON.stringify(terms))
      await writeFile(join(folder, 'a.en-GB.srt'), rows(['The Lamp Shop.', 'To Akarya!', 'The shop.']))
      await writeFile(join(folder, 'a.ja.srt'), rows(['灯屋だ。', '灯屋へ！', '灯屋。']))
      const asked = [
        'check',
        'a.en-GB.srt',
        '--only',
        'glossary',
        '--only',
        'names',
        '--glossary',
        'terms.json',
      ]
      const rules = (out: string) =>
        [...out.matchAll(/#(\d) .*warning (\w+):/g)].map(([, number, rule]) => [number, rule])
      expect(rules((await kotodama(...asked)).out)).to.deep.equal([
        ['1', 'glossary'],
        ['2', 'names'],
      ])
      expect(rules((await kotodama(...asked, '--source', 'a.ja.srt')).out)).to.deep.equal([
        ['1', 'glossary'],
        ['2', 'glossary'],
        ['2', 'names'],
        ['3', 'glossary'],
      ])
      const { out } = await kotodama('fix', 'a.en-GB.srt', ...asked.slice(2), '-o', '-')
      expect(out).to.contain('The Akariya.').and.to.contain('To Akariya!')
    })

    it('no glossary that is none', async () => {
      await writeFile(join(folder, 'terms.json'), '[{"source": "灯屋"}]')
      const { code, err } = await kotodama('check', 'one.en.srt', '--glossary', 'terms.json')
      expect([code, /0\.target/.test(err)]).to.deep.equal([2, true])
    })

    it('no house that says what it can’t', async () => {
      await writeFile(
        join(folder, 'odd.json'),
        JSON.stringify({ name: 'x', by: 'x', why: 'x', change: { speed: 'slow' } }),
      )
      const { code, err } = await kotodama('check', 'one.en.srt', '--house', 'odd.json')
      expect(code).to.equal(2)
      expect(err).to.contain('change.speed')
    })
    it('by a film: its shots, its rate and its speech', async () => {
      const listen = async () => ({ speech: [], shots: [2800], rate: { num: 25, den: 1 } })
      const { out } = await subtitlesIn(folder, { listen })(
        'check',
        'one.en.srt',
        '--media',
        'film.mp4',
        '--json',
      )
      const rules = JSON.parse(out).files[0].findings.map(({ rule }: { rule: string }) => rule)
      expect(rules).to.satisfy((all: string[]) => all.some(rule => rule.includes('near-shot')))
    })
  })

  describe('fixes', () => {
    it('only as a preview, until told where to write', async () => {
      const { code, out } = await kotodama('fix', 'one.en.srt')
      expect(code).to.equal(1)
      expect(out).to.contain('    - Well...  it is far.\n    + Well… it is far.\n')
      expect(await read('one.en.srt')).to.equal(srt)
    })
    it('one rule alone, and nothing else in the file', async () => {
      await kotodama('fix', 'one.en.srt', '--only', 'ellipsis', '--out', 'new.srt')
      expect(await read('new.srt')).to.equal(srt.replace('...', '…'))
    })
    it('what was fixed needs no fixing', async () => {
      await kotodama('fix', 'one.en.srt', '--out', 'new.en.srt')
      expect((await kotodama('fix', 'new.en.srt')).out).to.match(/^new\.en\.srt: 0 would be mended/)
    })
  })

  it('fixes by joining captions only where --join asks for it', async () => {
    const short =
      '1\n00:00:01,000 --> 00:00:01,300\nWe went\n\n2\n00:00:01,383 --> 00:00:03,000\nto the hill.\n'
    await writeFile(join(folder, 'short.en.srt'), short)
    const rules = ['--only', 'too-short']
    expect((await kotodama('fix', 'short.en.srt', ...rules)).out).not.to.contain('joined')
    const { out, code } = await kotodama('fix', 'short.en.srt', ...rules, '--join', '-o', 'whole.en.srt')
    expect(out).to.contain('#2 00:00:01.383: is joined to #1')
    expect(await read('whole.en.srt')).to.equal('1\n00:00:01,000 --> 00:00:03,000\nWe went to the hill.\n\n')
    expect(code).to.equal(0)
  })

  describe('syncs', () => {
    const rows = Array.from(
      { length: 40 },
      (_, i) => [4000 * i + ((i * i * 137) % 1900), 900 + ((i * 331) % 1100)] as const,
    )
    const file = (late: (i: number) => number) =>
      rows
        .map(
          ([at, length], i) =>
            `${i + 1}\n${stamp(at + late(i))} --> ${stamp(at + late(i) + length)}\nLine ${i}\n`,
        )
        .join('\n')
    const stamp = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace('.', ',')
    beforeEach(async () => {
      await writeFile(
        join(folder, 'right.srt'),
        file(() => 5000),
      )
      await writeFile(
        join(folder, 'cut.srt'),
        file(i => (i < 20 ? 5000 : 0)),
      )
    })
    it('to another track: where it belongs, in pieces, each with its offset', async () => {
      const { code, out } = await kotodama('sync', 'cut.srt', '--with', 'right.srt', '--out', 'done.srt')
      expect(out).to.match(/2 pieces, confidence 0\.\d+|1\.00/)
      expect(out).to.match(/#1 to #20 \(20 lines from 00:00:05\.000\): \+0\.000 s/)
      expect(out).to.match(/#21 to #40 .*: \+5\.000 s/)
      expect(code).to.equal(0)
      expect(await read('done.srt')).to.equal(await read('right.srt'))
    })
    it('only tells what it would do, until told where to write', async () => {
      expect((await kotodama('sync', 'cut.srt', '--with', 'right.srt')).code).to.equal(1)
      expect((await kotodama('sync', 'right.srt', '--with', 'right.srt')).code).to.equal(0)
    })
    it('to a recording', async () => {
      const speech = rows.map(([at, length]) => ({ start: at + 5000, end: at + 5000 + length }))
      const listen = async () => ({ speech, shots: [] })
      const { out } = await subtitlesIn(folder, { listen })('sync', 'cut.srt', '--with', 'film.mkv', '--json')
      const [{ sure, segments }] = JSON.parse(out).files
      expect(sure).to.equal(true)
      expect(segments.map(({ offset }: { offset: number }) => Math.round(offset / 100))).to.deep.equal([
        0, 50,
      ])
    })
    it('refuses rather than guesses, writes nothing and ends with 1', async () => {
      const { code, out } = await kotodama('sync', 'one.en.srt', '--with', 'right.srt', '--out', 'done.srt')
      expect(code).to.equal(1)
      expect(out).to.match(/refused, nothing was moved.*too few lines/)
      expect(await readdir(folder)).to.not.include('done.srt')
    })
  })

  describe('compares recordings', () => {
    /** Sounds by name: each letter is eight seconds of a sound of its own. */
    const print = async (path: string) => {
      const scenes = basename(path).replace(/\.\w+$/, '')
      const bits = [...scenes].flatMap(scene => {
        const random = chance(scene.charCodeAt(0))
        return Array.from({ length: 250 }, () => Math.floor(random() * 2 ** 32))
      })
      return { print: { hop: 32, bits: Uint32Array.from(bits) }, rate: { num: 25, den: 1 } }
    }
    const rows = [1, 9, 17].map((second, i) => {
      const at = (more: number) => `00:00:${String(second + more).padStart(2, '0')},000`
      return `${i + 1}\n${at(0)} --> ${at(2)}\nLine ${i + 1}.\n\n`
    })
    beforeEach(async () => {
      kotodama = subtitlesIn(folder, { print })
      await writeFile(join(folder, 'approved.srt'), rows.join(''))
    })

    it('and leaves a track alone where nothing was changed', async () => {
      const { code, out } = await kotodama('reconform', 'approved.srt', '--was', 'abc.wav', '--is', 'abc.wav')
      expect([code, out]).to.deep.equal([0, 'approved.srt: 3 stay, 0 move, 0 reopen\n'])
    })

    it('and moves what moved, and says what is for people to look at', async () => {
      const asked = ['reconform', 'approved.srt', '--was', 'abc.wav', '--is', 'axc.wav', '-o', 'late.srt']
      const { code, out } = await kotodama(...asked)
      expect([code, out]).to.deep.equal([
        1,
        'approved.srt: 2 stay, 0 move, 1 reopen\n    #2 00:00:09.000: reopens, its sound is gone\n    00:00:08.000 to 00:00:16.000: new in this master\n',
      ])
      const longer = await kotodama(
        'reconform',
        'approved.srt',
        '--was',
        'abc.wav',
        '--is',
        'aybc.wav',
        '--json',
      )
      const [report] = JSON.parse(longer.out).files
      expect([report.kept, report.moved, report.reopened]).to.deep.equal([[1], [2, 3], []])
    })

    it('and refuses strangers', async () => {
      const asked = ['reconform', 'approved.srt', '--was', 'abc.wav', '--is', 'xyz.wav', '-o', 'late.srt']
      const { code, out } = await kotodama(...asked)
      expect(code).to.equal(1)
      expect(out).to.contain('refused')
      expect(await readdir(folder)).to.not.include('late.srt')
    })

    it('and finds the songs of one episode in the next', async () => {
      await writeFile(
        join(folder, 'song.ass'),
        ass
          .replace('Sign,Arial', 'OP,Arial')
          .replace(/Dialogue: 0.*/, '')
          .replace('Sign,,', 'OP,,'),
      )
      await writeFile(join(folder, 'next.ass'), ass)
      const asked = ['songs', 'song.ass', '--was', 'abq.wav', '--is', 'xxabz.wav', '--into', 'next.ass']
      const { code, out } = await kotodama(...asked, '-o', 'with.ass')
      expect([code, out]).to.deep.equal([
        0,
        'song.ass: 1 sung captions are sung again, 0 are not\n    00:00:17.000: CLOSED\n',
      ])
      const written = await read('with.ass')
      expect(written).to.contain('Style: OP,Arial')
      expect(written).to.match(/^Dialogue: 1,0:00:17\.00,0:00:18\.50,OP,,0,0,0,,\{\\pos\(320,180\)\}CLOSED$/m)
      expect(written).to.contain(ass.split('\n').at(-2))
    })

    it('two of which must be named', async () => {
      const { code, err } = await kotodama('songs', 'approved.srt', '--was', 'abc.wav')
      expect([code, /--is FILE/.test(err)]).to.deep.equal([2, true])
    })
  })

  describe('finds differences', () => {
    it('none between a file and itself', async () => {
      expect(await kotodama('diff', 'one.en.srt', 'one.en.srt')).to.include({ code: 0 })
    })
    it('by caption: moved, retimed, reworded, dressed otherwise, added, removed', async () => {
      const changed = srt
        .replace('00:00:03,200 --> 00:00:05,000', '00:00:03,700 --> 00:00:05,500')
        .replace('<i>Who knows?</i>', 'Who knows?')
        .replace('it is far', 'it is not far')
      await writeFile(join(folder, 'new.srt'), `${changed}\n3\n00:00:09,000 --> 00:00:10,000\nMore.\n`)
      const { code, out } = await kotodama('diff', 'one.en.srt', 'new.srt')
      expect(code).to.equal(1)
      expect(out).to.contain(
        '#1 00:00:01.000: reworded\n    - Well...  it is far.\n    + Well...  it is not far.\n',
      )
      expect(out).to.match(/#2 00:00:03\.200: moved, style by \+0\.500 s\n/)
      expect(out).to.match(/#3 00:00:09\.000: added\n {4}\+ More\.\n/)
      expect(out).to.match(/^0 same, 1 added, 0 removed, 1 moved, 0 retimed, 1 reworded, 1 style$/m)
    })
  })

  it('tells how far it is on many files, where somebody watches', async () => {
    let said = ''
    const err = async (text: string) => {
      said += text
    }
    await subtitlesIn(folder, { watched: true, err })('read', '*.{srt,ass}')
    expect(said).to.contain('[1/2] one.en.srt').and.to.contain('[2/2] two.ass')
    expect((await kotodama('read', '*.{srt,ass}')).err).to.equal('')
  })
})

describe('a pattern of file names', () => {
  const cases: readonly [pattern: string, name: string, fits: boolean][] = [
    ['*.srt', 'a.srt', true],
    ['*.srt', '.srt', false],
    ['.*', '.srt', true],
    ['*.srt', 'a.srtx', false],
    ['a?c', 'abc', true],
    ['a?c', 'a字c', true],
    ['a?c', 'ac', false],
    ['[a-c]x', 'bx', true],
    ['[!a-c]x', 'bx', false],
    ['[z-a]x', '[z-a]x', true],
    ['a.b', 'axb', false],
    ['(a)*', '(a) 1', true],
    ['a[', 'a[', true],
  ]
  for (const [pattern, name, fits] of cases)
    it(`${pattern} is ${fits ? '' : 'not '}${name}`, () => expect(nameMatcher(pattern)(name)).to.equal(fits))

  it('writes braces out', () => {
    expect(alternatives('a{b,c{d,e}}.srt')).to.have.members(['ab.srt', 'acd.srt', 'ace.srt'])
    expect(alternatives('a{b}')).to.deep.equal(['a{b}'])
  })
  it('finds files in folders, in any depth with **, each once', async () => {
    const folder = await emptyFolder()
    for (const name of ['s1', 's1/deep', '.hidden']) await mkdir(join(folder, name))
    for (const name of [
      'a.srt',
      's1/b.srt',
      's1/deep/c.ass',
      's1/deep/d.srt',
      '.hidden/e.srt',
      'what[1].srt',
    ])
      await writeFile(join(folder, name), '')
    expect(await expand('**/*.srt', folder)).to.deep.equal([
      'a.srt',
      's1/b.srt',
      's1/deep/d.srt',
      'what[1].srt',
    ])
    expect(await expand('s1/{**/,}*.{srt,ass}', folder)).to.deep.equal([
      's1/b.srt',
      's1/deep/c.ass',
      's1/deep/d.srt',
    ])
    expect(await expand('s?/*.srt', folder)).to.deep.equal(['s1/b.srt'])
    expect(await expand('what[1].srt', folder)).to.deep.equal(['what[1].srt'])
    expect(await expand(join(folder, '*.srt'), '/')).to.deep.equal([
      join(folder, 'a.srt'),
      join(folder, 'what[1].srt'),
    ])
  })
})

describe('a frame rate as people write it', () => {
  it('is the fraction that is meant', () => {
    expect(rateOf('23.976')).to.deep.equal({ num: 24_000, den: 1001 })
    expect(rateOf('30000/1001')).to.deep.equal({ num: 30_000, den: 1001 })
    expect(rateOf('25')).to.deep.equal({ num: 25, den: 1 })
    for (const odd of ['', '24/0', '-1', '1/24', '24fps', '23.5'])
      expect(() => rateOf(odd), odd).to.throw('frame rate')
  })
})
