import { registerHooks } from 'node:module'
import { buildDocument } from '#lib/openapi/build-document.ts'

const COMPILER = new URL('./typed-client/compiler-for-generator.mjs', import.meta.url).href

/**
 * Types of the document, by the generator that most partners use as it comes, with the compiler that it is written for.
 */
export async function generateTypes(): Promise<string> {
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'typescript' && context.parentURL?.includes('/openapi-typescript/')
        ? { url: COMPILER, shortCircuit: true }
        : next(specifier, context),
  })
  const { default: generate, astToString } = await import('openapi-typescript')
  hooks.deregister()
  const document = JSON.stringify(buildDocument({ publicUrl: 'https://upload.example', version: '1.2.3' }))
  return astToString(await generate(JSON.parse(document), { silent: true }))
}
