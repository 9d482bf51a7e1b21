postMessage('runs')
