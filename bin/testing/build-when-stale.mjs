import { build } from '../build.mjs'

await build(process.execPath)
