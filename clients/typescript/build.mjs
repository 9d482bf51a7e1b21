// Builds the package: the types of the document of this clone, and JavaScript with declarations. Run by `npm pack`, and by `npm install` in an example of this clone.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { bundledNode } from '../../bin/bundled-node.mjs'
import { install } from '../../bin/install.mjs'

const here = import.meta.dirname
const root = path.join(here, '../..')

await install({ development: true })
rmSync(path.join(here, 'dist'), { recursive: true, force: true })
execFileSync(bundledNode(), [path.join(here, 'write-schema.ts')], { stdio: 'inherit' })
const compiler = path.join(root, 'node_modules/typescript/bin/tsc')
execFileSync(bundledNode(), [compiler, '-p', here], { stdio: 'inherit' })
