import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a service was asked, as it came over the wire. */
export type Asked = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: unknown }
/** A status and a body, or whatever the handler does with the response itself. */
export type Reply =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
  | ((response: ServerResponse) => void)

/** A service on the loopback that answers as it is told, `count` being the number of the ask from 0, and misbehaves. */
export async function openService(answer: (asked: Asked, count: number) => Reply) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => void parts.push(part))
    request.on('end', () => {
      const ask: Asked = {
        path: request.url ?? '',
        headers: request.headers,
        body: JSON.parse(Buffer.concat(parts).toString('utf8')),
      }
      asked.push(ask)
      const reply = answer(ask, asked.length - 1)
      if (typeof reply === 'function') return reply(response)
      const { status = 200, headers = {}, body } = reply
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    address: `http://127.0.0.1:${port}`,
    asked,
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
export type FakeService = Awaited<ReturnType<typeof openService>>
