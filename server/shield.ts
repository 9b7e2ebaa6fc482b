import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** Headers that keep the page to itself: what it may load, who may frame it, and https once there is https. */
export function shielded(publicUrl: string | undefined): RequestHandler {
  const https = publicUrl?.startsWith('https:') ?? false
  const own = "'self'"
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        // libass is WebAssembly, which this word allows without allowing eval.
        scriptSrc: [own, "'wasm-unsafe-eval'"],
        workerSrc: [own, 'blob:'],
        styleSrc: [own],
        imgSrc: [own, 'data:', 'blob:'],
        mediaSrc: [own, 'blob:'],
        fontSrc: [own],
        connectSrc: [own],
        manifestSrc: [own],
        formAction: [own],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // With the two policies above it the page stands alone, and libass may use more than one thread.
    crossOriginEmbedderPolicy: true,
    strictTransportSecurity: https,
    referrerPolicy: { policy: 'no-referrer' },
  })
}
