await new Promise((resolve) => setTimeout(resolve, 1))
console.log('awaited at the top')
export const waited = true
