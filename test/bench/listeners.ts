/**
 * Who listens, in a process of their own, as they are: `listeners.ts URL COOKIE COUNT`, started with an IPC channel. Tells
 * its parent when everybody hears, and when nobody does any more how many microseconds ago the last byte came.
 */
import { request } from 'node:http'

const [url = '', cookie = '', count = '0'] = process.argv.slice(2)
let [begun, ended, last] = [0, 0, 0n]

function listen(): Promise<void> {
  return new Promise((hears, failed) => {
    const asked = request(url, { agent: false, headers: { cookie } })
    asked.on('response', response => {
      if (response.statusCode !== 200) failed(new Error(`${response.statusCode}`))
      response.on('data', () => {
        last = process.hrtime.bigint()
        hears()
      })
      response.once('close', () => {
        if (++ended === begun) process.send?.({ last: String(last) }, () => process.exit())
      })
      response.on('error', () => undefined)
    })
    asked.on('error', () => undefined)
    asked.end()
    begun++
  })
}

for (let one = 0; one < Number(count); one++) await listen()
process.send?.({ all: true })
