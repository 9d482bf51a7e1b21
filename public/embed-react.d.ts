/**
 * `<arraydrop-upload>` in React 19's JSX: copy this file into your project beside embed.d.ts. Listen to its events through a
 * ref: React's own `onX` names are not those of the element.
 */
/// <reference path="./embed.d.ts" />
import type { DetailedHTMLProps, HTMLAttributes } from 'react'

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'arraydrop-upload': DetailedHTMLProps<
        HTMLAttributes<ArraydropUploadElement>,
        ArraydropUploadElement
      > & {
        url: string
        locale?: string
        'color-scheme'?: Arraydrop.ColorScheme
        redirect?: NonNullable<Arraydrop.Options['redirect']>
      }
    }
  }
}
