#!/usr/bin/env node
import { join } from 'node:path'
import { load } from '../pipelines/start/load.mjs'

await load(join(import.meta.dirname, 'cli.ts'))
