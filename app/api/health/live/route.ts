import { signInApi } from '#lib/route.ts'
import packageJson from '../../../../package.json' with { type: 'json' }

/** The process responds. Says nothing about what it depends on. */
export const dynamic = 'force-dynamic'
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = signInApi({
  GET: async () => Response.json({ status: 'ok', version: packageJson.version }),
})
