import { render } from 'preact'
import { App } from './App.tsx'
import './style/style.css'

const page = document.getElementById('page')
if (page) render(<App />, page)
