const PROXIES = { HTTPS_PROXY: 'https_proxy', HTTP_PROXY: 'http_proxy' } as const

/**
 * What is wrong with the proxies of the environment: the variable, and what it may hold. Never what it holds, which may be a
 * name and a password. Undefined when they can be used.
 */
export function refuseProxy(variables: Partial<Record<string, string>>): string | undefined {
  for (const [name, variable] of Object.entries(PROXIES)) {
    const proxy = variables[variable]
    if (!proxy || (URL.canParse(proxy) && /^https?:$/.test(new URL(proxy).protocol))) continue
    const [, scheme] = /^\s*([a-z][a-z0-9+.-]*):\/\//i.exec(proxy) ?? []
    const isOther = scheme !== undefined && !/^https?$/i.test(scheme)
    return `${name} must be a URL that begins with http:// or https://, such as http://proxy.example:3128${isOther ? `: a proxy of the kind ${scheme}:// cannot be used` : ''}.`
  }
  return undefined
}
