import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { generateTypes } from '../../lib/testing/generate-types.ts'

// Run by build.mjs: the types of the document of this clone.
writeFileSync(path.join(import.meta.dirname, 'src/schema.ts'), await generateTypes())
