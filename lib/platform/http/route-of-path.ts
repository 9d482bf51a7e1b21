/** Paths outside the API routes; a star stands for any rest. */
const PATHS = [
  '/',
  '/array-data-upload',
  '/docs',
  '/doctor',
  '/embed.js',
  '/api/health',
  '/api/health/live',
  '/api/health/ready',
]
const BELOW = ['/_next/', '/docs/', '/doctor/', '/console/', '/api/upload/files/']

/**
 * The route of a path whose handler does not name it. From a closed list, because monitoring keeps a series for
 * each, and anyone may request any path.
 */
export function routeOfPath(pathname: string): string {
  const path = pathname.replace(/(?<=.)\/$/, '')
  if (PATHS.includes(path)) return path
  const above = BELOW.find((prefix) => `${path}/`.startsWith(prefix))
  return above ? `${above}*` : '*'
}
