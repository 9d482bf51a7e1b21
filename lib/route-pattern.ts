/**
 * The pattern that a path matched: names in braces where its values stand. What was asked for at places that no route
 * names is not in it, so that there are only as many patterns as routes.
 */
export function patternOf(pathname: string, params: Record<string, unknown>): string {
  const parts = pathname
    .split('/')
    .filter((part) => part !== '')
    .map(decode)
  // From the right, where values stand: one may be spelt like a part of the path.
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
