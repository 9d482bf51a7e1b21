import type { HttpStack } from 'tus-js-client'

/**
 * The same requests as POST while `active`, with the method in a header: some networks and appliances know GET and
 * POST alone, and swallow or refuse everything else. What a request is, it goes on saying.
 */
export const overridingMethods = (stack: HttpStack, active: () => boolean): HttpStack => ({
  getName: () => stack.getName(),
  createRequest(method, url) {
    if (!active() || method === 'POST') return stack.createRequest(method, url)
    const request = stack.createRequest('POST', url)
    request.setHeader('X-HTTP-Method-Override', method)
    request.getMethod = () => method
    return request
  },
})
