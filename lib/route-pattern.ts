/**
 * The pattern of the route that a path matched, with parameter names in braces. Holds nothing else of the path, so that
 * there are only as many patterns as routes.
 */
export function patternOf(pathname: string, params: Record<string, unknown>): string {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decode)
  // From the right, where the values are: one may equal a fixed part of the path.
  for (const [name, value] of Object.entries(params).toReversed()) {
    const at = typeof value === 'string' ? parts.lastIndexOf(decode(value)) : -1
    if (at < 0) return `/${parts[0] ?? ''}/*`
    parts[at] = `{${name}}`
  }
  return `/${parts.join('/')}`
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
