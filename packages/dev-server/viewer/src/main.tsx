// Before the pages, whose own styles say more than these.
import './styles/tokens.css'
import './styles/base.css'
import './styles/frame.css'
import './styles/controls.css'
import './styles/payload.css'

import { render } from 'preact'
import { App } from './app.js'
import { followLinks } from './router/location.js'
import { applyTheme } from './theme.js'

const root = document.getElementById('app')
if (root !== null) {
  applyTheme()
  followLinks()
  render(<App />, root)
}
