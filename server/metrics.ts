import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type Metrics = ReturnType<typeof openMetrics>

/** Counts for Prometheus. Routes stand in them as they are written in the contract: no ids, no names, no addresses. */
export function openMetrics(now: () => number) {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'kotodama_http_request_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.01, 0.05, 0.2, 1, 5, 30],
    registers: [registry],
  })
  return {
    observe(method: string, route: string, status: number, since: number): void {
      requests.observe({ method, route, status }, (now() - since) / 1000)
    },

    /** A number that is asked for whenever somebody looks. */
    gauge(name: string, help: string, read: () => number | Promise<number>): void {
      new Gauge({
        name: `kotodama_${name}`,
        help,
        registers: [registry],
        async collect() {
          this.set(await read())
        },
      })
    },

    page: (async (_request, response) => {
      response.set('content-type', registry.contentType).send(await registry.metrics())
    }) satisfies RequestHandler,
  }
}
