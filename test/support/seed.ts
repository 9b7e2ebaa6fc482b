import fc from 'fast-check'

/** The same examples in every run, so that a failure is the change's and nobody's luck; FC_SEED looks elsewhere. */
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_121) })
