import { z } from 'zod'
import { Conflict, pathShapes, Refusal, type Route, routes } from './contract.ts'

type Json = { readonly [key: string]: unknown }

/** These answer 409 with both versions of a line. */
const clashing = ['editLine', 'judgeLine']

/** The OpenAPI 3.1 document of everything the server answers, made from the contract's own shapes. */
export function describeApi(version: string, server: string): Json {
  const paths: Record<string, Record<string, Json>> = {}
  const add = (path: string, method: string, said: Json) => {
    paths[path] = { ...paths[path], [method]: said }
  }
  for (const [name, route] of Object.entries(routes) as [string, Route][])
    add(braced(route.path), route.method, operation(name, route))
  for (const [path, method, name, says, answers] of others)
    add(braced(path), method, {
      operationId: name,
      summary: says,
      parameters: places(path),
      responses: {
        ...Object.fromEntries(
          Object.entries(answers).map(([status, description]) => [status, { description }]),
        ),
        default: refused,
      },
      security: path.startsWith('/api/') && name !== 'openapi' ? signed(method) : [],
    })
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kotodama',
      version,
      summary: 'Localization and dubbing of episodic animation',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: server }],
    paths,
    components: {
      schemas: { Refusal: schema(Refusal, 'output'), Conflict: schema(Conflict, 'output') },
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'kotodama',
          description: '`__Host-kotodama` over https.',
        },
        csrf: {
          type: 'apiKey',
          in: 'header',
          name: 'x-csrf',
          description: 'From the session; for every change.',
        },
      },
    },
  }
}

function operation(name: string, route: Route): Json {
  const { path, method, says, may, body, query, answer } = route
  return {
    operationId: name,
    summary: says,
    ...(Array.isArray(may) && { description: `For: ${may.join(', ')}.` }),
    parameters: [...places(path), ...(query ? asked(query) : [])],
    ...(body && { requestBody: { required: true, content: json(schema(body, 'input')) } }),
    responses: {
      ...(answer
        ? { 200: { description: 'Done', content: json(schema(answer, 'output')) } }
        : { 204: { description: 'Done' } }),
      ...(clashing.includes(name) && {
        409: {
          description: 'Somebody was quicker',
          content: json({ $ref: '#/components/schemas/Conflict' }),
        },
      }),
      default: refused,
    },
    security: may === 'anyone' ? [] : signed(method),
  }
}

const bytes = { 200: 'The file', 206: 'A part of it', 304: 'You have it', 416: 'It ends before that' }
const file = { 200: 'The file' }
/** What stands outside the contract's table: files, uploads and what needs no account. */
const others = [
  ['/api/episodes/:episode/blobs/:digest', 'get', 'blob', 'A file of an episode by its digest', bytes],
  ['/api/episodes/:episode/files/:name', 'get', 'file', 'A deliverable by its name', bytes],
  [
    '/api/episodes/:episode/mouth/:language',
    'get',
    'mouthCues',
    'Mouth cues of an episode, a character or a line; `?format&preset&fps&on&lead&speaker&line`',
    file,
  ],
  ['/api/consent/uses.csv', 'get', 'usesCsv', 'My uses as a table', file],
  ['/api/consent/uses.json', 'get', 'usesJson', 'My uses as JSON', file],
  ['/api/consent/uses.pdf', 'get', 'usesPdf', 'A statement of my uses in a period', file],
  ['/api/consent/account.json', 'get', 'account', 'Every record about me, and the proof of it', file],
  ['/api/consent/receipts/:statement', 'get', 'receipt', 'The receipt of a grant', file],
  [
    '/api/consent/certificates/:statement.json',
    'get',
    'certificate',
    'What came of what was taken back; its digest stands in the log',
    file,
  ],
  [
    '/api/consent/certificates/:statement.pdf',
    'get',
    'certificatePdf',
    'The same to read and to print, in the `language`',
    file,
  ],
  ['/api/consent/uses/:statement/sound', 'get', 'useSound', 'What was made with my voice', bytes],
  [
    '/api/consent/voice',
    'post',
    'sendRecording',
    'A recording of my voice; `?phrase` of the spoken statement',
    file,
  ],
  [
    '/api/consent/voice/:recording/sound',
    'get',
    'recordingSound',
    'A spoken statement, for its reviewer',
    file,
  ],
  ['/api/uploads', 'post', 'beginUpload', 'Begin an upload (tus 1.0.0)', { 201: 'Begun, at `Location`' }],
  ['/api/uploads/:upload', 'head', 'askUpload', 'How far an upload is', { 200: 'As `Upload-Offset` says' }],
  ['/api/uploads/:upload', 'patch', 'goOnUpload', 'Go on with an upload', { 204: 'Done' }],
  ['/api/uploads/:upload', 'delete', 'dropUpload', 'Throw an upload away', { 204: 'Done' }],
  ['/api/openapi.json', 'get', 'openapi', 'This document', { 200: 'OpenAPI 3.1' }],
  ['/healthz', 'get', 'health', 'Whether the server is well', { 200: 'It is' }],
  ['/metrics', 'get', 'metrics', 'Numbers for Prometheus', { 200: 'Its text format' }],
] as const

const refused = {
  description: 'Refused',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
}
const signed = (method: string) =>
  ['get', 'head'].includes(method) ? [{ session: [] }] : [{ session: [], csrf: [] }]
const json = (shape: Json) => ({ 'application/json': { schema: shape } })
const braced = (path: string) => path.replace(/:(\w+)/g, '{$1}')

function places(path: string): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: schema(pathShapes[name as keyof typeof pathShapes], 'input'),
  }))
}

function asked(query: z.ZodType): Json[] {
  const { properties = {}, required = [] } = schema(query, 'input') as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, shape]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: shape,
  }))
}

function schema(shape: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(shape, { io, unrepresentable: 'any' })
  return rest
}
