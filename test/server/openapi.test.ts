import { expect } from 'chai'
import { routes } from '../../server/contract.ts'
import { describeApi } from '../../server/openapi.ts'

type Operation = {
  operationId: string
  summary: string
  parameters: { name: string; in: string; required: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: { properties?: object } }> }
  responses: Record<string, { description: string }>
  security: Record<string, string[]>[]
}
const document = JSON.parse(JSON.stringify(describeApi('1.2.3', 'http://127.0.0.1:8080')))
const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

describe('the OpenAPI document', () => {
  it('says what it is', () => {
    expect(document).to.deep.include({ openapi: '3.1.0', servers: [{ url: 'http://127.0.0.1:8080' }] })
    expect(document.info).to.include({ title: 'Kotodama', version: '1.2.3' })
  })

  it('has every row of the contract under its own name', () => {
    const names = operations.map(({ operation }) => operation.operationId)
    expect(names).to.include.members(Object.keys(routes))
    expect(new Set(names).size).to.equal(names.length)
  })

  for (const { path, method, operation } of operations) {
    it(`says of ${method} ${path} what stands in it, what comes back and who may`, () => {
      expect(path).to.match(/^\/[\w/{}.]+$/)
      expect(method).to.be.oneOf(['get', 'head', 'post', 'put', 'patch', 'delete'])
      expect(operation.summary).to.be.a('string').and.not.equal('')
      const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      const declared = operation.parameters.filter(parameter => parameter.in === 'path')
      expect(declared.map(({ name }) => name)).to.deep.equal(places)
      expect(declared.every(({ required }) => required)).to.equal(true)
      expect(Object.keys(operation.responses)).to.not.be.empty
      for (const answer of Object.values(operation.responses)) expect(answer.description).to.be.a('string')
      for (const need of operation.security)
        expect(document.components.securitySchemes).to.include.keys(Object.keys(need))
    })
  }

  it('leads every reference somewhere', () => {
    const found: string[] = []
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return
      if ('$ref' in value && typeof value.$ref === 'string') found.push(value.$ref)
      for (const part of Object.values(value)) walk(part)
    }
    walk(document)
    expect(found).to.not.be.empty
    for (const reference of found) {
      const parts = reference.replace('#/', '').split('/')
      expect(
        parts.reduce((at, part) => at?.[part], document),
        reference,
      ).to.be.an('object')
    }
  })

  it('takes its shapes from the contract, and refuses unknown fields as the server does', () => {
    const body = document.paths['/api/session'].post.requestBody.content['application/json'].schema
    expect(Object.keys(body.properties)).to.deep.equal(['name', 'password'])
    expect(body.additionalProperties).to.equal(false)
    const { only } = Object.fromEntries(
      document.paths['/api/episodes/{episode}/lines/{language}'].get.parameters.map(
        (one: { name: string }) => [one.name, one],
      ),
    )
    expect(only).to.include({ in: 'query', required: false })
  })
})
