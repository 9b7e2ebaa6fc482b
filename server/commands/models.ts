import { parseArgs } from 'node:util'
import {
  cardOf,
  catalogue,
  importModel,
  install,
  installedIn,
  Problem,
  remove,
  verify,
} from '../../pipelines/index.ts'
import { readConfig } from '../config.ts'
import { foldersOf } from '../store/folders.ts'
import type { Command } from './command.ts'

export const usage = `kotodama models list
kotodama models install ID…
kotodama models import FOLDER|ARCHIVE [--id ID] [--for speech|translation] [--pair ja-en] [--license NAME --by YOU]
kotodama models verify [ID…]
kotodama models remove ID…`

/** The only command that ever fetches anything. */
export const run: Command = async args => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      for: { type: 'string' },
      pair: { type: 'string' },
      license: { type: 'string' },
      by: { type: 'string' },
    },
  })
  const config = readConfig()
  const folder = foldersOf(config.dataDir).models
  const [verb = 'list', ...names] = positionals

  if (verb === 'list') {
    const here = new Map((await installedIn(folder)).map(model => [model.id, model]))
    for (const card of catalogue)
      row(here.has(card.id) ? '✓' : ' ', card.id, card.use, megabytes(card.bytes), card.licence, card.says)
    for (const model of here.values())
      if (!catalogue.some(card => card.id === model.id))
        row(
          '✓',
          model.id,
          model.use,
          megabytes(model.files.reduce((sum, file) => sum + file.bytes, 0)),
          model.licence.name,
          `recorded by ${model.licence.by}`,
        )
    return 0
  }
  if (verb === 'install' && names.length > 0) {
    for (const name of names) {
      const model = await install(cardOf(name), { origin: config.modelsUrl, folder, report: bar(name) })
      console.log(
        `\n${model.id} is installed: ${model.licence.name}, ${model.origin}@${model.revision.slice(0, 12)}`,
      )
    }
    return 0
  }
  if (verb === 'import' && names.length === 1) {
    const use = uses.find(one => one === values.for)
    const [from, to] = values.pair?.split('-') ?? []
    const { id, license, by } = values
    const carried = { id, use, licence: license, by, ...(from && to && { pairs: [[from, to] as const] }) }
    const model = await importModel(names[0] ?? '', folder, carried)
    console.log(`${model.id} is installed: ${model.licence.name}`)
    return 0
  }
  if (verb === 'verify') {
    const models = (await installedIn(folder)).filter(model => names.length === 0 || names.includes(model.id))
    const lost = names.find(name => !models.some(model => model.id === name))
    if (lost) throw new Problem('model-missing', { model: lost })
    for (const model of models) {
      await verify(model)
      console.log(`✓ ${model.id}`)
    }
    return 0
  }
  if (verb === 'remove' && names.length > 0) {
    for (const name of names) await remove(folder, name)
    return 0
  }
  console.error(usage)
  return 2
}

const uses = ['speech', 'translation'] as const
const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`
const row = (...cells: string[]) =>
  console.log(cells.map((cell, at) => cell.padEnd([1, 16, 12, 8, 12][at] ?? 0)).join(' '))

function bar(name: string): (file: string, fraction: number) => void {
  let last = -1
  return (file, fraction) => {
    const percent = Math.floor(fraction * 100)
    if (percent === last) return
    last = percent
    if (process.stdout.isTTY) process.stdout.write(`\r${name} ${percent} % ${file}\u001b[K`)
    else if (percent % 10 === 0) console.log(`${name} ${percent} % ${file}`)
  }
}
