/** What the example with Express uses of it: Express itself is not installed for the tests. */
declare module 'express' {
  import type { IncomingHttpHeaders } from 'node:http'

  interface Request {
    headers: IncomingHttpHeaders
    /** Bytes, after `raw`. */
    body: Buffer
  }
  interface Response {
    status(code: number): Response
    json(value: unknown): void
    end(): void
  }
  type Middleware = (request: Request, response: Response, next: () => void) => void
  type Handler = (request: Request, response: Response) => void | Promise<void>
  interface App {
    use(middleware: Middleware): void
    post(path: string, ...handlers: [...Middleware[], Handler]): void
    listen(port: number, listening: () => void): void
  }
  const express: {
    (): App
    raw(options: { type: string; limit: string }): Middleware
    static(folder: string): Middleware
  }
  export default express
}
