import packageJson from '../../../../package.json' with { type: 'json' }

/** The process responds. Says nothing about what it depends on. */
export const dynamic = 'force-dynamic'
export const GET = () =>
  Response.json({ status: 'ok', version: packageJson.version }, { headers: { 'Cache-Control': 'no-store' } })
