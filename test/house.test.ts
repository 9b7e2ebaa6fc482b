import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect } from 'chai'

const root = join(import.meta.dirname, '..')
/** A room nobody has furnished yet is no folder yet. */
const rooms = ['consent', 'pipelines', 'server', 'client', 'samples'].filter(room =>
  existsSync(join(root, room)),
)
const arrows = rooms.flatMap(room => sources(room).flatMap(importsOf))

type Arrow = { readonly from: string; readonly to: string }

/** Words anybody may use: types, plain tables, and how a process begins; they lean on nothing. */
const words = ['pipelines/terms.ts', 'pipelines/stage.ts', 'pipelines/problem.ts', 'pipelines/start.ts']
const stages = [
  'media',
  'speech',
  'transcript',
  'translation',
  'timing',
  'subtitles',
  'dub',
  'review',
  'delivery',
]
const stageOf = (file: string) => stages.find(stage => file.startsWith(`pipelines/${stage}/`))
const isEngine = (file: string) => /^pipelines\/\w+\/engines\//.test(file)
const roomOf = (file: string) => file.split('/')[0]!

/** What checks a receipt, and says in words what it found: the page that does it in the browser runs these very files. */
const verifier = ['consent/verify.ts', 'consent/plain.ts']

const verifies = (file: string) => file === 'consent/verify.ts' || file.startsWith('consent/verify/')

/** What puts into words what was agreed to: the same for who signs and for who checks. */
const saying = [
  'consent/plain.ts',
  'consent/terms-said.ts',
  'consent/spell.ts',
  'consent/names/languages.ts',
  'consent/names/regions.ts',
]

/** Each rule is a sentence and what breaks it. */
const rules: readonly [sentence: string, breaks: (arrow: Arrow) => boolean][] = [
  ['consent leans on nobody', ({ from, to }) => roomOf(from) === 'consent' && roomOf(to) !== 'consent'],
  [
    'pipelines know no server and no client',
    ({ from, to }) => roomOf(from) === 'pipelines' && ['server', 'client'].includes(roomOf(to)),
  ],
  [
    'pipelines meet consent at its face',
    ({ from, to }) => roomOf(from) === 'pipelines' && roomOf(to) === 'consent' && to !== 'consent/index.ts',
  ],
  [
    'the server meets the trade at its face, its words and, in the wiring, its engines',
    ({ from, to }) =>
      roomOf(from) === 'server' &&
      roomOf(to) === 'pipelines' &&
      to !== 'pipelines/index.ts' &&
      !words.includes(to) &&
      !(from === 'server/crew.ts' && isEngine(to)),
  ],
  [
    'the server meets consent at its face',
    ({ from, to }) => roomOf(from) === 'server' && roomOf(to) === 'consent' && to !== 'consent/index.ts',
  ],
  [
    'the client knows the wire and nothing else of the house',
    ({ from, to }) =>
      roomOf(from) === 'client' &&
      roomOf(to) !== 'client' &&
      to !== 'server/contract.ts' &&
      to !== 'pipelines/problem.ts' &&
      !(from === 'client/view/verify.tsx' && verifier.includes(to)),
  ],
  [
    'the verifier, which anybody may take away and run, leans on nothing; its words on it and on the words of consent',
    ({ from, to }) =>
      (verifies(from) && !to.startsWith('consent/verify/')) ||
      from === 'consent/terms.ts' ||
      (saying.includes(from) && ![...saying, 'consent/verify.ts', 'consent/terms.ts'].includes(to)),
  ],
  [
    'a stage imports no other stage',
    ({ from, to }) =>
      stageOf(from) !== undefined && stageOf(to) !== undefined && stageOf(from) !== stageOf(to),
  ],
  [
    'only the flow and the face import stages from above',
    ({ from, to }) =>
      stageOf(to) !== undefined &&
      roomOf(from) === 'pipelines' &&
      stageOf(from) === undefined &&
      !['pipelines/flow.ts', 'pipelines/index.ts'].includes(from),
  ],
  [
    'an engine is imported in the wiring alone',
    ({ from, to }) =>
      isEngine(to) && from !== 'server/crew.ts' && !(isEngine(from) && stageOf(from) === stageOf(to)),
  ],
  [
    'a speaking engine is known to the door, the face and other engines alone',
    ({ from, to }) =>
      to === 'pipelines/dub/engine.ts' &&
      !['pipelines/dub/voices.ts', 'pipelines/dub/person.ts', 'pipelines/index.ts'].includes(from) &&
      !isEngine(from),
  ],
  [
    'what speaks as a person, and what opens what they said, is known to the door alone',
    ({ from, to }) =>
      ['pipelines/dub/person.ts', 'pipelines/dub/veil.ts'].includes(to) &&
      !['pipelines/dub/voices.ts', 'pipelines/dub/person.ts'].includes(from),
  ],
  [
    'no insider imports its own face',
    ({ from, to }) => to.endsWith('/index.ts') && from.startsWith(`${dirname(to)}/`),
  ],
]

describe('the house', () => {
  for (const [sentence, breaks] of rules)
    it(sentence, () => {
      expect(arrows.filter(breaks).map(({ from, to }) => `${from} -> ${to}`)).to.deep.equal([])
    })

  it('has no circle', () => {
    expect(circle()).to.deep.equal([])
  })

  it('keeps no installed packages under version control', function () {
    if (!existsSync(join(root, '.git'))) {
      console.log('      skipped: this is no git checkout')
      return this.skip()
    }
    // A tracked link named node_modules replaces the real folder wherever it is checked out.
    const tracked = execFileSync('git', ['ls-files', '--', 'node_modules'], { cwd: root, encoding: 'utf8' })
    expect(tracked).to.equal('')
  })

  it('names every package it runs with in NOTICE', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const notice = readFileSync(join(root, 'NOTICE'), 'utf8')
    const unnamed = Object.keys(dependencies).filter(name => !notice.includes(`\n  ${name} `))
    expect(unnamed).to.deep.equal([])
  })

  it('opens the gate of consent with the keeper of the register and at the worker’s link to it, and nowhere else', () => {
    const openers = rooms
      .flatMap(sources)
      .filter(file => /\bopenGate\b/.test(readFileSync(join(root, file), 'utf8')))
    const wiring = ['server/consent/join.ts', 'server/consent/open.ts']
    expect(openers.filter(file => roomOf(file) !== 'consent')).to.deep.equal(wiring)
  })

  it('turns keys to voices behind the door and with the keeper alone', () => {
    const turners: Readonly<Record<string, readonly string[]>> = {
      'opens the vault': ['server/consent/join.ts', 'server/consent/open.ts'],
      'opens the keys of voices': ['server/consent/open.ts'],
      'turns a grant': ['pipelines/dub/person.ts', 'server/consent/serve.ts'],
      'opens what is enclosed': ['pipelines/dub/veil.ts'],
      'unwraps a key': ['server/consent/personal.ts', 'server/consent/serve.ts'],
    }
    const signs: Readonly<Record<string, RegExp>> = {
      'opens the vault': /\bopenVault\b/,
      'opens the keys of voices': /\bsealedFiles\b/,
      'turns a grant': /\.redeem\b/,
      'opens what is enclosed': /\.disclose\b/,
      'unwraps a key': /\.unwrap\b/,
    }
    const outside = rooms.filter(room => room !== 'consent').flatMap(sources)
    const found = Object.fromEntries(
      Object.entries(signs).map(([deed, sign]) => [
        deed,
        outside.filter(file => sign.test(readFileSync(join(root, file), 'utf8'))).sort(),
      ]),
    )
    expect(found).to.deep.equal(turners)
  })

  it('takes nothing for a grant that the gate has not made', () => {
    const liars = rooms
      .flatMap(sources)
      .filter(file => /\bas (unknown as )?Grant\b|<Grant>\(/.test(readFileSync(join(root, file), 'utf8')))
    expect(liars).to.deep.equal([])
  })

  it('imports nothing by a name that is made while it runs, so that these rules see every way', () => {
    const hidden = rooms
      .flatMap(sources)
      .filter(file =>
        /\bimport\(\s*[^'"\s]|\beval\(|\bnew Function\b|['"](node:)?vm['"]/.test(
          readFileSync(join(root, file), 'utf8'),
        ),
      )
    expect(hidden).to.deep.equal([])
  })

  it('reads the environment in one place', () => {
    const readers = rooms
      .flatMap(sources)
      .filter(file => /process\.env\b/.test(readFileSync(join(root, file), 'utf8')))
    expect(readers.filter(file => file !== 'server/config.ts')).to.deep.equal([])
  })

  it('starts ffmpeg, inference and mongoose each behind one door', () => {
    const doors: Record<string, RegExp> = {
      'fluent-ffmpeg': /^pipelines\/ffmpeg\.ts$/,
      'onnxruntime-node': /^pipelines\/onnx/,
      mongoose: /^server\/store\//,
      libsql: /^server\/store\/embedded\//,
    }
    const strays = rooms.flatMap(sources).flatMap(file =>
      Object.entries(doors)
        .filter(
          ([name, door]) =>
            new RegExp(`(from|import\\()\\s*['"]${name}['"/]`).test(readFileSync(join(root, file), 'utf8')) &&
            !door.test(file),
        )
        .map(([name]) => `${file} -> ${name}`),
    )
    expect(strays).to.deep.equal([])
  })
})

function sources(room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .map(file => join(room, file))
}

function importsOf(file: string): Arrow[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/(?:from|import\(|import)\s*['"](\.[^'"]+)['"]/g)].map(match => ({
    from: file,
    to: relative(root, join(root, dirname(file), match[1]!)),
  }))
}

/** The first circle found, as a path, or nothing. */
function circle(): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of arrows) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const walk = (file: string, path: string[]): string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return []
    for (const to of next.get(file) ?? []) {
      const found = walk(to, [...path, file])
      if (found.length > 0) return found
    }
    done.add(file)
    return []
  }
  for (const file of next.keys()) {
    const found = walk(file, [])
    if (found.length > 0) return found
  }
  return []
}
