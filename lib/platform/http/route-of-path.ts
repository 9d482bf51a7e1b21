/** Paths that no route of the API names; a star stands for whatever follows. */
const PATHS = [
  '/',
  '/array-data-upload',
  '/docs',
  '/embed.js',
  '/api/health',
  '/api/health/live',
  '/api/health/ready',
]
const BELOW = ['/_next/', '/console/', '/api/upload/files/']

/**
 * The route of a path that no handler of ours names itself. From a closed list, because monitoring keeps a series for
 * each, and anybody may ask for any path.
 */
export function routeOfPath(pathname: string): string {
  const path = pathname.replace(/(?<=.)\/$/, '')
  if (PATHS.includes(path)) return path
  const above = BELOW.find((prefix) => `${path}/`.startsWith(prefix))
  return above ? `${above}*` : '*'
}
