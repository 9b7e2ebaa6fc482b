const { readdirSync } = require('node:fs')
const { availableParallelism } = require('node:os')

/** Those that take longest begin first: begun last, one of them alone would keep everybody waiting. */
const longest = [
  'journey/kill.test.ts',
  'server/commands/marks.test.ts',
  'server/commands/subtitles.test.ts',
  'pipelines/dub/mark/watermark.test.ts',
  'journey.test.ts',
  'pipelines/delivery/pack.test.ts',
  'journey/master.test.ts',
  'server/commands/mouth.test.ts',
  'pipelines/dub/draft.test.ts',
  'reach.test.ts',
  'pipelines/media/open.test.ts',
  'journey/withdraw-kill.test.ts',
  'server/consent/backup.test.ts',
  'journey/script.test.ts',
]
const known = readdirSync('test', { recursive: true })
  .map(name => name.replaceAll('\\', '/'))
  .filter(name => name.endsWith('.test.ts') && !name.startsWith('browser/'))
  .sort()
const gone = longest.filter(name => !known.includes(name))
if (gone.length > 0) throw new Error(`there is no ${gone.join(', ')} to begin with`)

/** Every test but the browser's, in processes of their own: one more than there are processors, for many wait for what they started. */
module.exports = {
  parallel: true,
  jobs: Math.min(availableParallelism(), 4) + 1,
  spec: [...new Set([...longest, ...known])].map(name => `test/${name}`),
}
