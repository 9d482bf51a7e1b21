// The interface of TypeScript before version 7, which the generator of types is written for.
export { ts as default } from '@ts-morph/common'
