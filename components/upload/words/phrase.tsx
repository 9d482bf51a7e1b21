import { Fragment } from 'react'
import { piecesOf, type Values } from './fill.ts'

/** A sentence with its gaps filled; names and numbers keep their own direction inside a sentence of another one. */
export function Phrase({ text, values = {} }: { text: string; values?: Values }) {
  return piecesOf(text, values).map((piece, index) => {
    const key = `${index}:${piece.text}`
    return piece.value ? <bdi key={key}>{piece.text}</bdi> : <Fragment key={key}>{piece.text}</Fragment>
  })
}
