/** Makes one piece of a module and the sources it imports. Packages stay what they are. */
import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build as bundle, stop } from 'esbuild'
import { recordOf, stamp } from './load.mjs'

/** Gives back the path in the folder of what is to be imported in the module's place. Throws where it can't be made. */
export async function build(root, name, folder) {
  const sources = {}
  const { outputFiles, metafile } = await bundle({
    absWorkingDir: root,
    entryPoints: [name],
    outdir: folder,
    bundle: true,
    splitting: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // Names tell contents: who still runs what was built before loads the rest of that and nothing else.
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'silent',
    plugins: [{ name: 'places', setup: placed(root, sources) }],
  })
  stop()
  for (const { path, contents } of outputFiles) put(path, contents)
  const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === name)
  put(recordOf(folder), JSON.stringify({ from: root, entry: basename(entry[0]), sources }))
  tidy(folder)
  return join(root, entry[0])
}

/** Every source is stamped before it is read, and says where it stands itself: in the piece it would be elsewhere. */
const placed = (root, sources) => build =>
  build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
    sources[relative(root, path)] = stamp(path)
    const contents = readFileSync(path, 'utf8')
      .replaceAll('import.meta.dirname', () => JSON.stringify(dirname(path)))
      .replaceAll('import.meta.url', () => JSON.stringify(pathToFileURL(path).href))
    return { contents, loader: 'ts' }
  })

/** Who has run for a week on what was built before has long loaded what it needs. */
const keptMs = 7 * 86_400_000

function tidy(folder) {
  for (const path of readdirSync(folder).map(file => join(folder, file)))
    if (statSync(path, { throwIfNoEntry: false })?.mtimeMs < Date.now() - keptMs)
      rmSync(path, { force: true })
}

/** Whole or not at all: others may build the same, or be reading. */
function put(path, contents) {
  const made = `${path}.${randomUUID()}`
  writeFileSync(made, contents)
  renameSync(made, path)
}
