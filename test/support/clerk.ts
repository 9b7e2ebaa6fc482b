/** A child process for tests: says what it is asked to, or dies of it. */
import { serve } from '../../pipelines/child.ts'

let asked = 0
serve(async (ask: string) => {
  asked++
  if (ask === 'die') process.exit(3)
  if (ask === 'throw') throw new Error('no such word')
  if (ask === 'hang') await new Promise(() => undefined)
  if (ask === 'environment') return Object.keys(process.env).join(' ')
  if (ask === 'pid') return String(process.pid)
  return `${ask} ${asked}`
})
