/**
 * EBU STL (EBU Tech 3264): broadcasters' subtitles, in blocks of bytes. What nobody edited keeps its blocks; user data,
 * reserved blocks and comments stay where they stood. The lines of its diagnostics are blocks, the columns bytes.
 */
import { type Beside, type Caption, type Part, type Reading, textOf } from '../document.ts'
import { isSong } from '../kinds.ts'
import { msOf, printTimecode } from '../timecode.ts'
import {
  codePages,
  type Gsi,
  gsiSize,
  isMain,
  isText,
  lastExtension,
  readGsi,
  readTti,
  type Tti,
  textOfBlocks,
  ttiSize,
  userData,
} from './ebu-stl-blocks.ts'
import { codeTable } from './ebu-stl-codes.ts'
import { besideOf, besides, type Head, headOf, isTimecode, rateOf } from './ebu-stl-head.ts'
import { heightOf, placeOf, usualRow } from './ebu-stl-place.ts'
import { lookOf, readText, unsaid } from './ebu-stl-text.ts'
import { write } from './ebu-stl-write.ts'
import { type ByteFormat, type Complaints, complaining } from './format.ts'

const complaints = {
  'head-short': ['error', 'The file is shorter than its first block.', 'Nothing was read.'],
  'rate-unknown': ['warning', 'The format code {} names no frame rate.', 'It was read as STL25.01.'],
  'page-unknown': ['note', 'The code page {} is none of the standard.', 'The first block was read as 850.'],
  'table-unknown': ['warning', 'There is no code table {}.', 'It was read as Latin.'],
  'use-none': ['note', 'The file says that its times are not intended for use.', 'They were read.'],
  'start-late': [
    'note',
    'The programme starts after its first subtitle: {}.',
    'Times were counted from zero.',
  ],
  'count-wrong': ['note', 'The file says it has {} blocks.', 'Those that are there were read.'],
  'block-short': [
    'warning',
    'The last block is cut off: {} of 128 bytes.',
    'It was left out; it stays in the file.',
  ],
  'block-reserved': [
    'note',
    'The block is of a reserved kind: {}.',
    'It was left out; it stays in the file.',
  ],
  'extension-missing': ['warning', 'The subtitle ends without its last block.', 'It was read as it is.'],
  'times-odd': [
    'warning',
    'This is no timecode at the rate of the file: {}.',
    'It was counted on all the same.',
  ],
  'times-backward': ['error', 'The subtitle ends before it begins: {}.', 'Both times were kept as they are.'],
  'char-unknown': [
    'warning',
    'There are characters that the code table does not have.',
    'They were read as �.',
  ],
} as const satisfies Complaints<string>
type Complain = (code: keyof typeof complaints, line: number, column?: number, found?: string) => void

function read(bytes: Uint8Array): Reading {
  const { diagnostics, complain } = complaining(complaints)
  const gsi = readGsi(bytes)
  if (bytes.length < gsiSize) complain('head-short', 1)
  else complainOfHead(gsi, complain)
  const head = headOf(gsi)
  const parts: Part[] = [{ raw: latin1(bytes.subarray(0, gsiSize)) }]
  const count = Math.max(0, Math.floor((bytes.length - gsiSize) / ttiSize))
  const all = Array.from({ length: count }, (_, i) =>
    readTti(bytes.subarray(gsiSize + i * ttiSize, gsiSize + (i + 1) * ttiSize)),
  )
  if (/^\d{5}$/.test(gsi.TNB) && Number(gsi.TNB) !== count) complain('count-wrong', 1, 239, gsi.TNB)
  const groups = groupsOf(all, complain)
  const subtitles = groups.filter(({ main }) => main)
  const [first] = subtitles
  const firstIn = first ? msOf(first.blocks.find(isMain)?.in ?? [0, 0, 0, 0], { ...head, drop: false }) : 0
  const late = first !== undefined && head.start > firstIn
  if (late) complain('start-late', 1, 257, gsi.TCP)
  const clock = { ...head, start: late ? 0 : head.start }
  const outs = setEnds(subtitles.map(({ blocks }) => blocks.find(isMain)))
  let next = 0
  for (const { from, blocks, main } of groups) {
    const raw = latin1(bytes.subarray(gsiSize + from * ttiSize, gsiSize + (from + blocks.length) * ttiSize))
    parts.push(
      main ? { raw, caption: captionOf(next + 1, from, blocks, clock, outs[next], complain) } : { raw },
    )
    if (main) next++
  }
  const rest = bytes.subarray(gsiSize + count * ttiSize)
  if (rest.length > 0) {
    complain('block-short', count + 2, 1, String(rest.length))
    parts.push({ raw: latin1(rest) })
  }
  const title = gsi.OPT.trimEnd()
  return {
    document: {
      captions: parts.flatMap(({ caption }) => caption ?? []),
      ...(head.language && { language: head.language }),
      ...(title !== '' && { title }),
      rate: head.rate,
      ...(clock.start > 0 && { offset: clock.start }),
      beside: besideOf(gsi),
      origin: { format: 'ebu-stl', encoding: 'binary', bom: false, newline: '\n', parts },
    },
    diagnostics,
  }
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

function complainOfHead(gsi: Gsi, complain: Complain): void {
  if (!rateOf(gsi.DFC)) complain('rate-unknown', 1, 4, gsi.DFC)
  if (!codePages.includes(gsi.CPN)) complain('page-unknown', 1, 1, gsi.CPN)
  if (!codeTable(gsi.CCT)) complain('table-unknown', 1, 13, gsi.CCT)
  if (gsi.TCS === '0') complain('use-none', 1, 256)
}

/** Blocks that belong together: a subtitle with its comments, or what belongs to none. */
type Group = { readonly from: number; readonly blocks: Tti[]; readonly main: boolean }

/** Comments belong to the subtitle before them, or to the first. */
function groupsOf(all: readonly Tti[], complain: Complain): readonly Group[] {
  const groups: Group[] = []
  const comments: Group[] = []
  for (const chain of chainsOf(all, complain)) {
    const last = groups.at(-1)
    const comment = chain.blocks.some(tti => isText(tti) && tti.comment)
    if (comment && last?.main) for (const tti of chain.blocks) last.blocks.push(tti)
    else if (comment) comments.push(chain)
    else if (chain.main && comments.length > 0) {
      const [before] = comments
      groups.push({
        from: before?.from ?? chain.from,
        blocks: [...comments.flatMap(({ blocks }) => blocks), ...chain.blocks],
        main: true,
      })
      comments.length = 0
    } else {
      for (const one of comments.splice(0)) groups.push(one)
      groups.push(chain)
    }
  }
  return [...groups, ...comments]
}

/** Blocks up to the last of one text. User data and reserved blocks inside belong to it, those outside to nobody. */
function chainsOf(all: readonly Tti[], complain: Complain): readonly Group[] {
  const chains: Group[] = []
  let open: Group | undefined
  all.forEach((tti, i) => {
    if (!isText(tti) && tti.extension !== userData)
      complain('block-reserved', i + 2, 4, tti.extension.toString(16).toUpperCase())
    if (open && isText(tti) && tti.number !== open.blocks.find(isText)?.number) {
      complain('extension-missing', i + 1, 4)
      open = undefined
    }
    if (open) open.blocks.push(tti)
    else {
      open = { from: i, blocks: [tti], main: isMain(tti) }
      chains.push(open)
    }
    if (!isText(open.blocks[0] ?? tti) || tti.extension === lastExtension) open = undefined
  })
  if (open) complain('extension-missing', all.length + 1, 4)
  return chains
}

/** All subtitles of a cumulative set leave the screen with its last. */
function setEnds(firsts: readonly (Tti | undefined)[]): readonly (Tti | undefined)[] {
  const ends = [...firsts]
  for (let i = firsts.length - 2; i >= 0; i--) {
    const [one, next] = [firsts[i]?.cumulative ?? 0, firsts[i + 1]?.cumulative ?? 0]
    if ((one === 1 || one === 2) && (next === 2 || next === 3)) ends[i] = ends[i + 1]
  }
  return ends
}

function captionOf(
  index: number,
  from: number,
  blocks: readonly Tti[],
  head: Head,
  last: Tti | undefined,
  complain: Complain,
): Caption | undefined {
  const main = blocks.filter(isMain)
  const [tti] = main
  if (!tti) return undefined
  const line = from + blocks.indexOf(tti) + 2
  const counting = { rate: head.rate, drop: false }
  for (const [column, code] of [[6, tti.in] as const, [10, tti.out] as const])
    if (!isTimecode(code, head.rate)) complain('times-odd', line, column, printTimecode(code))
  const start = msOf(tti.in, counting) - head.start
  const own = msOf(tti.out, counting) - head.start
  if (own < start) complain('times-backward', line, 6, `${printTimecode(tti.in)} ${printTimecode(tti.out)}`)
  const end = Math.max(own, last ? msOf(last.out, counting) - head.start : own)
  const bytes = textOfBlocks(main)
  const { runs, unknown } = readText(bytes, head.table, head.teletext)
  if (unknown) complain('char-unknown', line, 17)
  const height = heightOf({ runs }, lookOf(bytes, head.teletext))
  const place = placeOf(tti.row, tti.justification, height, head.rows)
  const comment = textOfBlocks(blocks.filter(block => isText(block) && block.comment))
  const beside: Beside = {
    ...(tti.row !== usualRow(place?.block, height, head.rows) && { 'stl.row': String(tti.row) }),
    ...((tti.justification < 1 || tti.justification > 3) && {
      'stl.justification': String(tti.justification),
    }),
    ...(tti.cumulative !== 0 && { 'stl.cumulative': String(tti.cumulative) }),
    ...(tti.group !== 0 && { 'stl.group': String(tti.group) }),
    ...(comment.length > 0 && { 'stl.comment': textOf(readText(comment, head.table, head.teletext)) }),
  }
  return {
    id: String(index),
    start,
    end,
    kind: isSong(textOf({ runs })) ? 'song' : 'dialogue',
    runs,
    label: String(tti.number),
    ...(place && { place }),
    ...(Object.keys(beside).length > 0 && { beside }),
  }
}

export const ebuStl: ByteFormat = {
  kind: 'bytes',
  name: 'ebu-stl',
  title: 'EBU STL',
  extensions: ['stl'],
  type: 'application/x-ebu-stl',
  unsaid,
  besides,
  looksLike: head => {
    const [format, page] = [latin1(head.subarray(3, 11)), latin1(head.subarray(0, 3))]
    if (rateOf(format)) return 1
    return /^STL/.test(format) && codePages.includes(page) ? 0.9 : 0
  },
  read,
  write,
}
