import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { browserOfAgent, findingsOf, sayFigure } from '../find-out.ts'

/** The page's script: the rules as they are tested, then the page that applies them. */
export async function composeScript(): Promise<string> {
  const page = await readFile(path.join(import.meta.dirname, 'page.js'), 'utf8')
  return `${[findingsOf, sayFigure, browserOfAgent].map(String).join('\n')}\n${page}`
}
