import packageJson from '../../../../package.json' with { type: 'json' }

/** The process answers. Says nothing about what it needs. */
export const dynamic = 'force-dynamic'
export const GET = () =>
  Response.json({ status: 'ok', version: packageJson.version }, { headers: { 'Cache-Control': 'no-store' } })
