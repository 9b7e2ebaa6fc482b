import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fromBase64, fromHex } from '../../consent/bytes.ts'
import { readCheckpoint } from '../../consent/log/checkpoint.ts'
import { type NoteVerifier, openSigner } from '../../consent/log/note.ts'
import { openWitness, type WitnessMemory } from '../../consent/log/witness.ts'

/** A witness on a port of its own, by C2SP tlog-witness, who can be made to fail. */
export async function startWitness(log: NoteVerifier, secret = '33') {
  const signer = openSigner('witness.example', fromHex(secret.repeat(32)), () => 1_700_000_000_000)
  let seen: Awaited<ReturnType<WitnessMemory['load']>>
  const memory: WitnessMemory = {
    load: async () => seen,
    save: async next => {
      seen = next
    },
  }
  const witness = openWitness(signer, log, log.name, memory)
  const asked: string[] = []
  const mood: { answers?: { status: number; body: string } } = {}
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    asked.push(`${request.method} ${request.url}`)
    if (mood.answers) return void response.writeHead(mood.answers.status).end(mood.answers.body)
    const end = body.indexOf('\n\n')
    const [old = '', ...proof] = body.slice(0, end).split('\n')
    const note = body.slice(end + 2)
    const from = Number(old.replace(/^old /, ''))
    const has = (await witness.seen()).size
    if (from !== has)
      return void response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end(`${has}\n`)
    if (from > readCheckpoint(note.slice(0, note.lastIndexOf('\n\n') + 1)).size)
      return void response.writeHead(400).end()
    await witness.cosign(note, from, proof.map(fromBase64)).then(
      line => response.writeHead(200).end(line),
      () => response.writeHead(422).end(),
    )
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    outsider: { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: signer },
    signer,
    asked,
    mood,
    seen: () => seen,
    close: () => new Promise(done => server.close(done)),
  }
}
