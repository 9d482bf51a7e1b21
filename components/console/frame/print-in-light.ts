import { useEffect } from 'react'

/** Paper is white whatever the person has chosen for the screen. */
export function usePrintInLight(): void {
  useEffect(() => {
    const { dataset } = document.documentElement
    let chosen: string | undefined
    const lighten = () => {
      chosen = dataset.mantineColorScheme
      dataset.mantineColorScheme = 'light'
    }
    const restore = () => {
      if (chosen) dataset.mantineColorScheme = chosen
    }
    window.addEventListener('beforeprint', lighten)
    window.addEventListener('afterprint', restore)
    return () => {
      window.removeEventListener('beforeprint', lighten)
      window.removeEventListener('afterprint', restore)
    }
  }, [])
}
