// The parts of react-native-webview that our recipe uses, as its own declarations have them.
declare module 'react-native-webview' {
  import { Component } from 'react'

  export interface WebViewProps {
    source: { uri: string }
    originWhitelist?: string[]
    onContentProcessDidTerminate?: (event: unknown) => void
    onShouldStartLoadWithRequest?: (request: { url: string; isTopFrame: boolean }) => boolean
    onMessage?: (event: { nativeEvent: { url: string; data: string } }) => void
  }

  export class WebView extends Component<WebViewProps> {
    reload: () => void
    injectJavaScript: (script: string) => void
  }
}
