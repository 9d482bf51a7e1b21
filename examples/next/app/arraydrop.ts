import { Arraydrop } from '@arraydrop/client'

/** For the server only: the key never reaches a browser. Made when it is first needed, not while the project is built. */
export const arraydrop = () =>
  new Arraydrop({
    host: process.env.ARRAYDROP_HOST ?? 'http://localhost:3000',
    apiKey: process.env.ARRAYDROP_API_KEY,
  })
