import { readFileSync } from 'node:fs'
import { expect } from 'chai'
import { memory } from '../../consent/log/storage.ts'
import { monitor } from '../../consent/monitor.ts'
import { edited } from '../consent-kit/edits.ts'
import { filesOf, type LogCase, type LogKit } from '../consent-kit/logs.ts'

const kit = JSON.parse(readFileSync(new URL('../consent-kit/logs.json', import.meta.url), 'utf8')) as LogKit

function look(one: LogCase) {
  const { seen, party, held, account, edits = [] } = one
  return monitor({
    storage: memory(filesOf(kit, one)),
    key: one.key ?? kit.key,
    ...(seen && { seen }),
    ...(party && { party }),
    ...(held && { held }),
    ...(account && { account: JSON.stringify(edited(kit.accounts[account] ?? null, edits)) }),
  })
}

describe('a monitor of the log', () => {
  it('is held against at least 100 cases', () => {
    expect(kit.cases.length).to.be.at.least(100)
  })

  for (const one of kit.cases)
    it(`${one.expect.well ? 'is content with' : `alarms (${one.expect.alarm}) at`} ${one.says}`, async () => {
      const looked = await look(one)
      const told = looked.well
        ? { well: true, records: looked.records.length }
        : { well: false, alarm: looked.alarm }
      expect(told, looked.well ? '' : looked.why).to.include(one.expect)
    })
})
